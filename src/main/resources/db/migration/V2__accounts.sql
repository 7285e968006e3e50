create table account (
  id         uuid primary key,
  issuer     text not null check (length(issuer) <= 255),
  subject    text not null check (length(subject) <= 255),
  email      text check (length(email) <= 254),
  name       text check (length(name) <= 200),
  locale     text,
  time_zone  text,
  created_at timestamptz not null,
  -- grows with every change of what the account holds
  version    bigint not null default 0,
  unique (issuer, subject)
);

-- Keys that the service makes for itself, once, and that every replica uses.
create table signing_key (
  name     text primary key,
  material bytea not null
);
