-- When a right became what it is, by the database's own clock; null where that was before anybody noted it. By this it is
-- told afterwards whether a reader was denied what they held.
alter table entitlement add written_at timestamptz;

create function note_writing() returns trigger language plpgsql as $$
begin
  new.written_at := clock_timestamp();
  return new;
end $$;

create trigger note_writing before insert or update on entitlement for each row execute function note_writing();
