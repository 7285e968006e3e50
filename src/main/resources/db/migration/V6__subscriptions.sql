-- Module subscriptions: the copy of the subscriptions at billing providers, and checkouts.

create table subscription (
  provider         text not null check (provider in ('STRIPE')),
  id               text not null check (length(id) <= 255),
  account_id       uuid not null references account,
  status           text not null check (status in ('INCOMPLETE', 'INCOMPLETE_EXPIRED', 'TRIALING', 'ACTIVE', 'PAST_DUE',
                                                   'UNPAID', 'PAUSED', 'CANCELED', 'UNKNOWN')),
  plan             text references plan,
  billing_interval text check (billing_interval in ('MONTH', 'YEAR')),
  amount           bigint check (amount >= 0),
  currency         char(3) check (currency ~ '^[a-z]{3}$'),
  started_at       timestamptz not null,
  paid_until       timestamptz,
  trial_until      timestamptz,
  cancels_at       timestamptz,
  ended_at         timestamptz,
  unpaid_since     timestamptz,
  sync_number      bigint not null,
  additional       boolean not null default false,
  primary key (provider, id),
  constraint subscription_complete_price check ((amount is null) = (currency is null))
);
create unique index subscription_one_live_per_account on subscription (account_id)
  where status in ('TRIALING', 'ACTIVE', 'PAST_DUE', 'UNPAID', 'PAUSED', 'UNKNOWN') and not additional;
create index subscription_by_account on subscription (account_id);

comment on table subscription is
  'Copy of the subscriptions that billing providers own. Each sync replaces all columns with the fetched state.';
comment on column subscription.provider is 'The billing provider that owns the subscription.';
comment on column subscription.id is 'Id of the subscription at the provider.';
comment on column subscription.plan is 'Plan of the item that lasts longest; null if no item belongs to a known plan.';
comment on column subscription.amount is 'In the smallest unit of the currency, per billing interval; null if the price is not a plain amount.';
comment on column subscription.currency is 'ISO 4217 code, lower case.';
comment on column subscription.paid_until is 'End of the current period; null if the provider does not say it.';
comment on column subscription.trial_until is 'End of the free trial; null if there was none.';
comment on column subscription.cancels_at is 'When a scheduled cancellation takes effect; null if the subscription renews.';
comment on column subscription.ended_at is 'Null while the subscription continues.';
comment on column subscription.unpaid_since is 'Start of the first unpaid period; null if nothing is owed.';
comment on column subscription.sync_number is
  'Number of the sync that wrote the row, drawn before the fetch. A sync with a lower number is not recorded.';
comment on column subscription.additional is
  'True if the account already had another live subscription. This should not happen; access is granted nevertheless.';

create table checkout (
  id                  uuid primary key,
  account_id          uuid not null references account,
  idempotency_key     text not null check (length(idempotency_key) <= 255),
  plan                text not null references plan,
  billing_interval    text not null check (billing_interval in ('MONTH', 'YEAR')),
  return_article      text,
  trial_until         timestamptz,
  provider_session_id text unique,
  payment_url         text,
  state               text not null check (state in ('OPENING', 'OPEN', 'COMPLETE', 'EXPIRED')),
  created_at          timestamptz not null,
  unique (account_id, idempotency_key),
  constraint checkout_complete_page check ((provider_session_id is null) = (payment_url is null))
);
create unique index checkout_one_open_per_account on checkout (account_id) where state in ('OPENING', 'OPEN');

comment on table checkout is 'Purchases that were started, each with the hosted page of the provider where the reader pays.';
comment on column checkout.idempotency_key is 'Header Idempotency-Key of the request that started the purchase.';
comment on column checkout.return_article is 'URL of the article to return to after payment; may be null.';
comment on column checkout.trial_until is 'End of the remaining free trial, which the subscription takes over; null if there is none.';
comment on column checkout.provider_session_id is 'Id of the hosted page at the provider; null until the page exists.';
comment on column checkout.payment_url is 'URL of the hosted page; null until the page exists.';
comment on column checkout.state is 'OPENING until the provider has created the page, then OPEN; COMPLETE and EXPIRED are final.';
