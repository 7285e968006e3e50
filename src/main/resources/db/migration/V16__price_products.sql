-- Modules billing and subscriptions: the product of each price, and billing periods that no plan is sold with.

alter table stripe_price add column product_id text check (length(product_id) <= 255);
create index stripe_price_by_product on stripe_price (product_id);

comment on table stripe_price is
  'Which price of Stripe stands for which plan. The plan of a price never changes: a lookup key may move to a new price, but existing subscriptions keep theirs.';
comment on column stripe_price.product_id is
  'Product of the price at Stripe; null until the price is seen again. Other prices of the product stand for the same plan.';
comment on column stripe_price.billing_interval is 'The interval that the price is sold with.';

alter table subscription drop constraint subscription_billing_interval_check;
alter table subscription
  add constraint subscription_billing_interval_check check (billing_interval in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
  add column interval_count int not null default 1 check (interval_count > 0);

comment on column subscription.billing_interval is
  'Unit of the billing period, as the provider states it; null if it does not.';
comment on column subscription.interval_count is 'Units in a billing period, such as 6 for every six months.';
