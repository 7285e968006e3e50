-- Module catalog: what the billing provider charges for each price of a plan.

create table provider_price (
  plan             text not null references plan,
  billing_interval text not null check (billing_interval in ('MONTH', 'YEAR')),
  price_id         text check (length(price_id) <= 255),
  amount           bigint check (amount >= 0),
  currency         char(3) check (currency ~ '^[a-z]{3}$'),
  primary key (plan, billing_interval),
  constraint provider_price_amount_has_currency check ((amount is null) = (currency is null)),
  constraint provider_price_amount_has_price check (price_id is not null or amount is null)
);

comment on table provider_price is
  'The billing provider''s active price for each plan and interval, as last compared. It replaces the imported price in everything that readers see.';
comment on column provider_price.price_id is
  'Id of the price at the provider, which new checkouts sell; null if the provider has no active price.';
comment on column provider_price.amount is
  'What the provider charges, in minor units; null if its price has no fixed amount in whole minor units, or another billing period.';
