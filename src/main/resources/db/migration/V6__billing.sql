-- Who is whom at the biller. A customer that was deleted there stays here, ended: old events still name it.
create table customer (
  id         text primary key check (length(id) <= 255),
  account_id uuid not null references account,
  deleted_at timestamptz
);
create unique index one_customer on customer (account_id) where deleted_at is null;

-- Prices that were bound to a plan once, for ever: a subscription goes on at the price with which it began.
create table bound_price (
  id         text primary key check (length(id) <= 255),
  plan       text not null references plan,
  "interval" text not null check ("interval" in ('MONTH', 'YEAR'))
);

-- Every event that was accepted, and what came of it. Times here are the database's own: they order work between
-- replicas, and nobody reads by them.
create table inbox (
  event        text primary key check (length(event) <= 255),
  type         text not null check (length(type) <= 255),
  created_at   timestamptz,
  livemode     boolean,
  api_version  text,
  object       text,
  object_id    text,
  customer     text,
  subscription text,
  charge       text,
  body         bytea not null, -- as it was signed
  received_at  timestamptz not null default clock_timestamp(),
  deliveries   int not null default 1,
  attempts     int not null default 0,
  due_at       timestamptz not null default clock_timestamp(), -- also the end of a lease
  outcome      text check (outcome in ('APPLIED', 'DUPLICATE', 'STALE', 'UNMATCHED', 'IGNORED', 'FAILED')),
  why          text,
  handled_at   timestamptz,
  check ((outcome is null) = (handled_at is null))
);
create index inbox_due on inbox (due_at) where outcome is null;
create index inbox_by_outcome on inbox (outcome, received_at desc);
create index inbox_unmatched on inbox (customer) where outcome = 'UNMATCHED';

-- Which subscriptions may have changed since they were fetched. Whoever fetches one holds its lease.
create table dirty (
  subscription text primary key check (length(subscription) <= 255),
  marked       bigint not null, -- grows with every reason to fetch
  fetched      bigint not null default 0, -- the mark that the last fetch covered
  due_at       timestamptz not null default clock_timestamp(),
  lease        uuid,
  leased_until timestamptz,
  attempts     int not null default 0,
  failure      text,
  check ((lease is null) = (leased_until is null))
);
create index dirty_due on dirty (due_at) where marked > fetched;

-- The order in which fetches were begun, over all replicas.
create sequence fetch_order;

-- Events that wait for a fetch that covers their mark.
create table inbox_wait (
  event        text not null references inbox on delete cascade,
  subscription text not null,
  mark         bigint not null,
  primary key (event, subscription)
);
create index inbox_wait_by_subscription on inbox_wait (subscription, mark);

-- Charges that were given back or are disputed, by the invoice that they paid.
create table contest (
  charge       text primary key check (length(charge) <= 255),
  subscription text not null,
  invoice      text not null,
  refunded_at  timestamptz,
  disputed_at  timestamptz,
  fetch_number bigint not null
);
create index contest_by_invoice on contest (invoice);

-- How often an intention was answered with a failure, which the biller would answer again under the same name.
create table failed_intention (
  intention text primary key,
  times     int not null
);

-- One row: who reconciles now, and what came of it last.
create table reconciliation (
  only_row     boolean primary key default true check (only_row),
  leased_until timestamptz,
  finished_at  timestamptz
);
insert into reconciliation default values;
