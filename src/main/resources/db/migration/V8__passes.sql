-- Module passes: keys of reading passes, and the accounts that hold one.

create table pass_key (
  kid          text primary key,
  jwk          text not null,
  published_at timestamptz not null,
  signs_from   timestamptz not null,
  constraint pass_key_published_first check (signs_from >= published_at)
);

comment on table pass_key is
  'Keys that sign reading passes, unless the operator provides keys. The newest key whose signs_from has passed signs; older ones stay until the last pass that they signed has expired. Contains secrets.';
comment on column pass_key.kid is 'JWK parameter kid.';
comment on column pass_key.jwk is 'JSON Web Key with its private part.';
comment on column pass_key.published_at is 'Since when the public part is in the JWK set.';
comment on column pass_key.signs_from is 'Earliest time at which the key signs.';

create table pass_subject_key (
  singleton boolean primary key default true check (singleton),
  key_bytes bytea not null
);

comment on table pass_subject_key is
  'One row with the HMAC key from which the subjects of passes are derived: another subject for each audience. Contains a secret.';
comment on column pass_subject_key.singleton is 'Always true: the primary key limits the table to one row.';

create table issued_pass (
  account_id          uuid not null references account,
  audience            text not null check (audience in ('EDGE', 'APP')),
  account_version     bigint not null,
  expires_at          timestamptz not null,
  outdated_expires_at timestamptz,
  primary key (account_id, audience)
);

comment on table issued_pass is
  'Accounts with unexpired reading passes. The list of revoked passes is computed from it and from account.version.';
comment on column issued_pass.account_version is 'Highest account version for which a pass was issued.';
comment on column issued_pass.expires_at is 'Latest expiry of the passes with that account version.';
comment on column issued_pass.outdated_expires_at is 'Latest expiry of the passes with a lower account version; null if there are none.';
