-- Module billing: an account can have further customers, such as one that support created at the provider.

alter table customer add column additional boolean not null default false;
drop index customer_one_live_per_account;
create unique index customer_one_main_per_account on customer (account_id, provider) where deleted_at is null and not additional;
create index customer_by_account on customer (account_id);

comment on column customer.additional is
  'True if the account had another live customer when this one was linked. New purchases use the customer that is not additional.';

-- Module subscriptions: payment pages that must be closed, because a trial or another subscription has begun.

alter table checkout add column close_at timestamptz;
create index checkout_to_close on checkout (close_at) where close_at is not null and state in ('OPENING', 'OPEN');

comment on column checkout.close_at is
  'When the payment page is closed at the provider, or the next attempt to close it; null if the page may stay open.';

create index subscription_additional on subscription (account_id) where additional;
