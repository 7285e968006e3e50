-- Articles that members have given away, each by a link.
create table share (
  code         text primary key check (length(code) = 22),
  account_id   uuid not null references account,
  source       text not null references source,
  article_key  text not null,
  article_name text not null,
  given_at     timestamptz not null,
  expires_at   timestamptz not null check (expires_at > given_at),
  revoked_at   timestamptz,
  -- who has opened it: accounts and visitors, as a set
  devices      uuid[] not null default '{}'
);
create index share_by_account on share (account_id, given_at);
