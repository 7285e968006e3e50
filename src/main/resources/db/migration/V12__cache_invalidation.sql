-- Module platform: how replicas learn what others changed. Triggers write the rows, so that a change by any program,
-- including psql, invalidates the caches.

create table cache_invalidation (
  cache_name     text not null,
  cache_key      text[] not null,
  version        bigint not null,
  transaction_id xid8 not null default pg_current_xact_id()
);
create index cache_invalidation_by_transaction on cache_invalidation (transaction_id);

comment on table cache_invalidation is
  'Changes of data that replicas cache. Replicas read new rows within a second; rows are deleted after some minutes.';
comment on column cache_invalidation.cache_name is 'standing or catalog. Replicas ignore names that they do not know.';
comment on column cache_invalidation.cache_key is 'For standing: issuer and subject of the account. Empty for catalog.';
comment on column cache_invalidation.version is 'Cached values of a lower version are stale.';
comment on column cache_invalidation.transaction_id is
  'Transaction that wrote the row. Transactions do not commit in the order of their start, so replicas compare this with their last snapshot.';

create function add_cache_invalidation(cache_name text, cache_key text[], version bigint)
returns void language sql as $$
  insert into cache_invalidation (cache_name, cache_key, version) values (cache_name, cache_key, version);
  select pg_notify('gatefold_cache_invalidation', '');
$$;

comment on function add_cache_invalidation is
  'Adds a row and sends an empty notification, which only shortens the delay: it may be lost or arrive twice.';

create function invalidate_standing() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then
    perform add_cache_invalidation('standing', array[new.issuer, new.subject], new.version);
  end if;
  -- the former identity no longer has an account
  if tg_op = 'DELETE' or (tg_op = 'UPDATE' and (old.issuer, old.subject) <> (new.issuer, new.subject)) then
    perform add_cache_invalidation('standing', array[old.issuer, old.subject], old.version + 1);
  end if;
  return null;
end $$;

comment on function invalidate_standing is 'Invalidates the cached standing of an account, on all replicas.';

create trigger account_invalidates_standing after insert or delete on account
for each row execute function invalidate_standing();

create trigger account_update_invalidates_standing after update on account for each row
when ((old.version, old.issuer, old.subject) <> (new.version, new.issuer, new.subject))
execute function invalidate_standing();

create function invalidate_catalog() returns trigger language plpgsql as $$
begin
  perform add_cache_invalidation('catalog', '{}', new.revision);
  return null;
end $$;

comment on function invalidate_catalog is 'Invalidates the cached catalog, on all replicas.';

create trigger catalog_invalidates_cache after update on catalog_revision
for each row execute function invalidate_catalog();
