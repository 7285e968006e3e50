-- What a holder (an account or a visitor) has opened of a metered source in one period: a set, so that opening twice
-- costs once, and two sets are joined by their union.
create table meter (
  holder    uuid not null,
  source    text not null references source,
  period    text not null,
  articles  text[] not null,
  last_read uuid not null, -- the read that added the newest member
  primary key (holder, source, period)
);

-- Every article that was opened, for the publisher's ledger, with the answer that was given.
create table read (
  id              uuid primary key,
  at              timestamptz not null,
  holder          uuid not null, -- an account, a visitor, or zeros for somebody of whom nothing is known
  idempotency_key text not null check (length(idempotency_key) <= 255),
  article_key     text not null,
  source          text not null references source,
  article         text not null,
  reason          text not null,
  answer          jsonb not null,
  unique (holder, idempotency_key)
);
create index read_by_source on read (source, at);
