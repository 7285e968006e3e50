-- The keys that sign passes, private parts included, where the operator brings none. Of those whose time has come the
-- latest signs; a key stays for as long as anything that it signed may be relied on.
create table pass_key (
  kid          text primary key,
  jwk          text not null,
  published_at timestamptz not null,
  signs_from   timestamptz not null,
  check (signs_from >= published_at)
);

-- One row: with what the names are made by which passes call their bearers.
create table pass_name_key (
  only_row boolean primary key default true check (only_row),
  material bytea not null
);

-- To whom passes were given that still live: what must be known to tell which have been overtaken.
create table issued_pass (
  account_id     uuid not null references account,
  audience       text not null check (audience in ('EDGE', 'APP')),
  version        bigint not null, -- the newest that a pass was given for
  lives_until    timestamptz not null, -- of the passes of that version the longest
  outdated_until timestamptz, -- of the passes of older versions the longest
  primary key (account_id, audience)
);
