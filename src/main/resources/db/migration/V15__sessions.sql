-- Sign-ins that are under way: what a browser that comes back from the issuer must prove, and where it was.
create table sign_in (
  browser  bytea primary key, -- the hash of what its cookie holds
  state    text not null,
  verifier text not null,
  article  text, -- the address of an article of a source, to go back to
  trial    boolean not null, -- whether the free days are to begin with the account
  ends_at  timestamptz not null
);

-- Browsers that are signed in.
create table session (
  key      bytea primary key, -- the hash of what the cookie holds
  issuer   text not null,
  subject  text not null,
  began_at timestamptz not null,
  ends_at  timestamptz not null
);
create index session_by_reader on session (issuer, subject);
