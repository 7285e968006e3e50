-- Module pages: several sign-ins of one browser at once, and their repetition by back and reload.

alter table sign_in drop constraint sign_in_pkey;
alter table sign_in add primary key (state);
alter table sign_in add column completed_at timestamptz;
alter table sign_in add column is_restart boolean not null default false;

comment on table sign_in is 'Sign-ins by OAuth 2.0 state, kept for one day after they expire.';
comment on column sign_in.cookie_hash is
  'SHA-256 hash of the secret in the cookie of the browser, which all sign-ins of the browser share.';
comment on column sign_in.completed_at is
  'When the browser returned from the issuer; null before. A completed sign-in accepts no further code.';
comment on column sign_in.is_restart is 'Whether this sign-in replaces one that could not be completed.';
