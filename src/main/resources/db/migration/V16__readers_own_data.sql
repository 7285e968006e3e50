-- An account that was erased stays as a row that leads to nobody: by its number publishers go on being paid for what
-- was read.
alter table account
  add column verified_email bytea, -- a keyed hash of the address, where the issuer says that it has verified it
  add column erased_at timestamptz,
  add check (erased_at is null
             or (issuer = 'erased' and num_nonnulls(email, name, locale, time_zone, verified_email) = 0));

-- Who has had the free trial, over all accounts and for ever: keyed hashes of identities, and of addresses that an issuer
-- has verified. They lead to no account, and from nobody but the person who comes back.
create table trial_taken (
  person bytea primary key
);

-- What is looked for when a reader asks for all that is kept of them.
create index inbox_by_customer on inbox (customer);
create index inbox_by_subscription on inbox (subscription);
create index share_by_device on share using gin (devices);
