-- Policies, each from an instant on: what held, holds and is going to hold for a source, or for a section of it.
create table rule (
  source       text not null references source,
  version      int not null check (version > 0),
  section      text not null check (length(section) <= 200), -- with all that stands in it; empty: the whole source
  valid_from   timestamptz not null,
  valid_until  timestamptz check (valid_until > valid_from),
  policy       jsonb not null check (
    policy ->> 'gate' in ('OPEN', 'REGISTERED', 'METERED', 'MEMBERS')
    and (policy ->> 'gate' = 'METERED') = (policy -> 'allowance' is not null and policy -> 'window' is not null)),
  from_table   boolean not null, -- said by the table of the sources
  decided_at   timestamptz not null,
  withdrawn_at timestamptz,
  note         text,
  primary key (source, version),
  -- it does not change what was
  check (valid_from >= decided_at or version = 1)
);

insert into rule (source, version, section, valid_from, policy, from_table, decided_at)
select slug, 1, '', timestamptz 'epoch',
       jsonb_strip_nulls(jsonb_build_object('gate', gate, 'allowance', allowance, 'window', "window")), true, now()
from source;

alter table source drop column gate, drop column allowance, drop column "window";

-- What is written stays: a rule can only be taken back, once.
create function rule_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.withdrawn_at is null
     and to_jsonb(new) - 'withdrawn_at' = to_jsonb(old) - 'withdrawn_at' then
    return new;
  end if;
  raise exception 'rules are added and withdrawn, never changed';
end $$;

create trigger rule_stays before update or delete on rule for each row execute function rule_stays();
