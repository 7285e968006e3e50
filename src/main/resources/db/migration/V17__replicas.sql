-- What was changed of late that replicas hold in memory, so that each reads here what others changed. The database
-- writes it itself: whoever changes something, by whatever program, tells of it. Rows are of use for a second, and are
-- deleted after some minutes.
create table change (
  what       text not null, -- 'standing' or 'catalog'
  key        text[] not null, -- of a standing: the issuer and the subject
  version    bigint not null, -- what is known of an older one is no longer so
  -- transactions do not end in the order in which they begin: what a snapshot has seen, and what not, is told by this
  changed_in xid8 not null default pg_current_xact_id()
);
create index change_by_transaction on change (changed_in);

-- A nudge has no content: it says "look", and may be lost or come twice.
create function tell_change(what text, key text[], version bigint) returns void language sql as $$
  insert into change (what, key, version) values (what, key, version);
  select pg_notify('gatefold_change', '');
$$;

create function tell_standing() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then
    perform tell_change('standing', array[new.issuer, new.subject], new.version);
  end if;
  -- somebody who is no longer known by this name
  if tg_op = 'DELETE' or (tg_op = 'UPDATE' and (old.issuer, old.subject) <> (new.issuer, new.subject)) then
    perform tell_change('standing', array[old.issuer, old.subject], old.version + 1);
  end if;
  return null;
end $$;

create trigger tell_standing after insert or delete on account for each row execute function tell_standing();

create trigger tell_changed_standing after update on account for each row
when ((old.version, old.issuer, old.subject) <> (new.version, new.issuer, new.subject))
execute function tell_standing();

create function tell_catalog() returns trigger language plpgsql as $$
begin
  perform tell_change('catalog', '{}', new.revision);
  return null;
end $$;

create trigger tell_catalog after update on catalog for each row execute function tell_catalog();

-- Whose the lease is: one that has lapsed is neither renewed nor given back by who had it, since another may have it now.
alter table reconciliation add lease uuid;
