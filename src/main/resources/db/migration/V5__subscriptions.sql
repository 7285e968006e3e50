-- Our mirror of what readers have agreed with whoever bills, each recorded whole from one fetch.
create table subscription (
  id           text primary key check (length(id) <= 255),
  account_id   uuid not null references account,
  status       text not null check (status in ('INCOMPLETE', 'INCOMPLETE_EXPIRED', 'TRIALING', 'ACTIVE', 'PAST_DUE',
                                               'UNPAID', 'PAUSED', 'CANCELED', 'UNKNOWN')),
  -- of several items the one that lasts longest; null where none is of a plan of ours any more
  plan         text references plan,
  "interval"   text check ("interval" in ('MONTH', 'YEAR')),
  amount       bigint check (amount >= 0),
  currency     char(3) check (currency ~ '^[a-z]{3}$'),
  started_at   timestamptz not null,
  paid_until   timestamptz,
  trial_until  timestamptz,
  ends_at      timestamptz, -- a cancellation that is due
  ended_at     timestamptz,
  unpaid_since timestamptz, -- the start of the first period that was not paid
  -- grows with every fetch, in the order in which they were begun: an answer to an older question is not recorded
  fetch_number bigint not null,
  -- whoever bills has a second live one of the same account, which should not be, and is honoured all the same
  additional   boolean not null default false,
  check ((amount is null) = (currency is null))
);
create unique index one_live_subscription on subscription (account_id)
  where status in ('TRIALING', 'ACTIVE', 'PAST_DUE', 'UNPAID', 'PAUSED', 'UNKNOWN') and not additional;
create index subscription_by_account on subscription (account_id);

-- Intentions to buy, each with the hosted page on which it is paid.
create table checkout (
  id              uuid primary key,
  account_id      uuid not null references account,
  idempotency_key text not null check (length(idempotency_key) <= 255),
  plan            text not null references plan,
  "interval"      text not null check ("interval" in ('MONTH', 'YEAR')),
  article         text, -- where the reader was, and is led back to: the address of an article of a source
  trial_until     timestamptz, -- the free days that are left
  session         text unique, -- null until the page is there
  url             text,
  state           text not null check (state in ('OPENING', 'OPEN', 'COMPLETE', 'EXPIRED')),
  created_at      timestamptz not null,
  check ((session is null) = (url is null)),
  unique (account_id, idempotency_key)
);
create unique index one_open_checkout on checkout (account_id) where state in ('OPENING', 'OPEN');
