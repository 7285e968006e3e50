-- Module billing: customers, events and queued work of billing providers, and prices of Stripe. Times that end in _until or schedule work are the time of the
-- database, because replicas compare them.

create table customer (
  provider   text not null check (provider in ('STRIPE')),
  id         text not null check (length(id) <= 255),
  account_id uuid not null references account,
  deleted_at timestamptz,
  primary key (provider, id)
);
create unique index customer_one_live_per_account on customer (account_id, provider) where deleted_at is null;

comment on table customer is
  'Which customer of a billing provider belongs to which account. Rows are never deleted, because late events refer to them.';
comment on column customer.provider is 'The billing provider that owns the customer.';
comment on column customer.id is 'Id of the customer at the provider.';
comment on column customer.deleted_at is 'When the customer was deleted at the provider; null while it exists.';

create table stripe_price (
  id               text primary key check (length(id) <= 255),
  plan             text not null references plan,
  billing_interval text not null check (billing_interval in ('MONTH', 'YEAR'))
);

comment on table stripe_price is
  'Which price of Stripe stands for which plan. A row never changes: a lookup key may move to a new price, but existing subscriptions keep theirs.';
comment on column stripe_price.id is 'Id of the price at Stripe.';

create table inbox_event (
  provider        text not null check (provider in ('STRIPE')),
  event_id        text not null check (length(event_id) <= 255),
  event_type      text not null check (length(event_type) <= 255),
  created_at      timestamptz,
  livemode        boolean,
  api_version     text,
  object_type     text,
  object_id       text,
  customer_id     text,
  subscription_id text,
  charge_id       text,
  payload         bytea not null,
  received_at     timestamptz not null default clock_timestamp(),
  delivery_count  int not null default 1,
  outcome         text check (outcome in ('APPLIED', 'DUPLICATE', 'STALE', 'UNMATCHED', 'IGNORED', 'FAILED')),
  outcome_detail  text,
  handled_at      timestamptz,
  traceparent     text,
  primary key (provider, event_id),
  constraint inbox_event_handled check ((outcome is null) = (handled_at is null))
);
create index inbox_event_pending on inbox_event (received_at) where outcome is null;
create index inbox_event_by_outcome on inbox_event (outcome, received_at desc);
create index inbox_event_unmatched on inbox_event (customer_id) where outcome = 'UNMATCHED';
create index inbox_event_by_customer on inbox_event (customer_id);
create index inbox_event_by_subscription on inbox_event (subscription_id);

comment on table inbox_event is 'Events that billing providers delivered and that were accepted, with their outcome.';
comment on column inbox_event.provider is 'The billing provider that delivered the event.';
comment on column inbox_event.event_id is 'Id of the event at the provider. A second delivery updates the row.';
comment on column inbox_event.created_at is 'When the provider created the event; null if the event does not say it.';
comment on column inbox_event.object_type is 'Type of the object that the event is about, such as invoice; may be null.';
comment on column inbox_event.customer_id is 'Customer at the provider that the event names; null if it names none.';
comment on column inbox_event.subscription_id is 'Subscription at the provider that the event names; null if it names none.';
comment on column inbox_event.charge_id is 'Charge that was refunded or disputed; null if the event is not about one.';
comment on column inbox_event.payload is 'The body exactly as it was received; empty after the erasure of the customer.';
comment on column inbox_event.delivery_count is 'How often the provider delivered the event.';
comment on column inbox_event.outcome is 'Null until the event is handled.';
comment on column inbox_event.outcome_detail is 'Explanation of the outcome; null until the event is handled.';
comment on column inbox_event.handled_at is 'When the outcome was set; null until then.';
comment on column inbox_event.traceparent is
  'W3C traceparent of the first delivery, so that later work continues its trace; null if the delivery was not traced.';

create table billing_work (
  kind              text not null check (kind in ('EVENT', 'SUBSCRIPTION')),
  provider          text not null check (provider in ('STRIPE')),
  item_id           text not null check (length(item_id) <= 255),
  requested_version bigint not null,
  done_version      bigint not null default 0,
  due_at            timestamptz not null default clock_timestamp(),
  lease_id          uuid,
  leased_until      timestamptz,
  attempt_count     int not null default 0,
  last_error        text,
  primary key (kind, provider, item_id),
  constraint billing_work_lease check ((lease_id is null) = (leased_until is null))
);
create index billing_work_due on billing_work (due_at) where requested_version > done_version;

comment on table billing_work is
  'Work queue: events of which the affected subscriptions must be found, and subscriptions that may have changed. A row stays after the work and is queued again by a new request.';
comment on column billing_work.item_id is 'Id of the event or of the subscription at the provider.';
comment on column billing_work.requested_version is 'Incremented by every request for the work.';
comment on column billing_work.done_version is
  'The requested version that completed work covers. The item is queued while this is lower than requested_version.';
comment on column billing_work.due_at is 'Earliest time of the next attempt.';
comment on column billing_work.lease_id is 'Lease of the worker that executes the item; null if none does.';
comment on column billing_work.leased_until is 'When another worker may take over.';
comment on column billing_work.attempt_count is 'Attempts since the item was requested, including a running one.';
comment on column billing_work.last_error is 'Error of the last attempt; null after the work is done.';

create sequence sync_number_seq;

comment on sequence sync_number_seq is
  'Orders syncs over all replicas. A number is drawn before the fetch, so a higher number means newer data.';

create table event_dependency (
  provider         text not null,
  event_id         text not null,
  subscription_id  text not null,
  required_version bigint not null,
  primary key (provider, event_id, subscription_id),
  foreign key (provider, event_id) references inbox_event on delete cascade
);
create index event_dependency_by_subscription on event_dependency (provider, subscription_id, required_version);

comment on table event_dependency is 'Events that wait for a sync of a subscription. An event is handled when it has no rows left.';
comment on column event_dependency.required_version is 'Lowest done_version of the subscription in billing_work that covers the event.';

create table payment_reversal (
  charge_id       text primary key check (length(charge_id) <= 255),
  subscription_id text not null,
  invoice_id      text not null,
  refunded_at     timestamptz,
  disputed_at     timestamptz,
  sync_number     bigint not null
);
create index payment_reversal_by_invoice on payment_reversal (invoice_id);

comment on table payment_reversal is 'Charges at Stripe that were fetched because they were refunded or disputed.';
comment on column payment_reversal.invoice_id is 'The invoice that the charge paid.';
comment on column payment_reversal.refunded_at is 'When the whole charge was refunded; null if it was not.';
comment on column payment_reversal.disputed_at is 'When the dispute began that is open or lost; null if there is none.';
comment on column payment_reversal.sync_number is 'Number from sync_number_seq, drawn before the fetch that wrote the row.';

create table stripe_idempotency_failure (
  idempotency_key text primary key,
  failure_count   int not null
);

comment on table stripe_idempotency_failure is
  'Operations that Stripe answered with an error. Stripe repeats that answer for the same idempotency key, so the next attempt adds the failure count to the key.';
comment on column stripe_idempotency_failure.idempotency_key is 'The key of the first attempt.';

create table reconciliation (
  singleton    boolean primary key default true check (singleton),
  lease_id     uuid,
  leased_until timestamptz,
  finished_at  timestamptz
);
insert into reconciliation default values;

comment on table reconciliation is 'One row: which replica compares all subscriptions with Stripe, and when a comparison last finished.';
comment on column reconciliation.singleton is 'Always true: the primary key limits the table to one row.';
comment on column reconciliation.lease_id is 'Lease of the running comparison; null if none runs. An expired lease is not renewed by its former owner.';
comment on column reconciliation.leased_until is 'When another replica may take over.';
