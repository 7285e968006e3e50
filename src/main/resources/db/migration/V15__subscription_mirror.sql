-- Module subscriptions: everything that a billing provider states about a subscription, its invoices and its next payment.

alter table subscription
  add column first_payment_pending   boolean not null default false,
  add column paid_before             boolean not null default false,
  add column payment_reversed        boolean not null default false,
  add column customer_id             text check (length(customer_id) <= 255),
  add column terms                   jsonb,
  add column next_payment_status     text check (next_payment_status in ('EXPECTED', 'NOTHING_DUE', 'NOT_KNOWN')),
  add column next_payment_amount     bigint,
  add column next_payment_currency   char(3) check (next_payment_currency ~ '^[a-z]{3}$'),
  add column next_payment_due_at     timestamptz,
  add column next_payment_checked_at timestamptz,
  add constraint subscription_complete_next_payment check (
    (next_payment_status is not distinct from 'EXPECTED')
      = (num_nonnulls(next_payment_amount, next_payment_currency, next_payment_due_at) = 3)
    and num_nonnulls(next_payment_amount, next_payment_currency, next_payment_due_at) in (0, 3));

comment on column subscription.first_payment_pending is 'True while the first payment is in progress, such as a bank debit.';
comment on column subscription.paid_before is 'True if a payment of money has ever succeeded. Grace is for members who have paid.';
comment on column subscription.payment_reversed is 'True if access ended because the payment was refunded or disputed.';
comment on column subscription.customer_id is 'Customer at the provider who holds the subscription.';
comment on column subscription.terms is
  'Items, prices, discounts, schedule, pause and collection method, as the provider states them; null before the first sync.';
comment on column subscription.next_payment_status is
  'EXPECTED, NOTHING_DUE if the provider stated that nothing will be charged, NOT_KNOWN if it did not answer; null before the first sync.';
comment on column subscription.next_payment_amount is
  'What the provider''s preview of the next invoice charges, in the smallest unit of the currency.';
comment on column subscription.next_payment_due_at is 'When the next payment is charged.';
comment on column subscription.next_payment_checked_at is 'When the provider was asked for the preview.';

create table subscription_invoice (
  provider         text not null check (provider in ('STRIPE')),
  id               text not null check (length(id) <= 255),
  subscription_id  text not null check (length(subscription_id) <= 255),
  account_id       uuid not null references account,
  status           text not null check (status in ('DRAFT', 'OPEN', 'PAID', 'UNCOLLECTIBLE', 'VOID')),
  billing_reason   text,
  currency         char(3) not null check (currency ~ '^[a-z]{3}$'),
  total            bigint not null,
  net              bigint not null,
  tax              bigint not null,
  discount         bigint not null,
  amount_due       bigint not null,
  amount_paid      bigint not null,
  amount_remaining bigint not null,
  amount_refunded  bigint not null,
  period_start     timestamptz,
  period_end       timestamptz,
  created_at       timestamptz not null,
  paid_at          timestamptz,
  next_attempt_at  timestamptz,
  collected        boolean not null,
  hosted_url       text,
  payment_status   text check (payment_status in ('PROCESSING', 'PAYMENT_METHOD_REQUIRED', 'ACTION_REQUIRED', 'SUCCEEDED',
                                                  'CANCELED')),
  primary key (provider, id)
);
create index subscription_invoice_by_subscription on subscription_invoice (provider, subscription_id, created_at desc);
create index subscription_invoice_by_account on subscription_invoice (account_id);

comment on table subscription_invoice is
  'Copy of the invoices of subscriptions. Rows are never deleted, because statements need them. Amounts are in the smallest unit of the currency.';
comment on column subscription_invoice.provider is 'The billing provider that owns the invoice.';
comment on column subscription_invoice.id is 'Id of the invoice at the provider.';
comment on column subscription_invoice.billing_reason is 'Why the invoice was created, in the provider''s words.';
comment on column subscription_invoice.currency is 'ISO 4217 code, lower case.';
comment on column subscription_invoice.total is 'With tax, after discounts and before the balance of the customer.';
comment on column subscription_invoice.net is 'The total without tax.';
comment on column subscription_invoice.tax is 'The tax that the total contains.';
comment on column subscription_invoice.discount is 'Sum of the discounts.';
comment on column subscription_invoice.amount_due is 'What the customer was asked to pay, after the balance of the customer.';
comment on column subscription_invoice.amount_remaining is 'What is still to be paid.';
comment on column subscription_invoice.amount_refunded is 'What was refunded of the payment.';
comment on column subscription_invoice.period_start is 'Start of the billed period; null if the provider does not name it.';
comment on column subscription_invoice.period_end is 'End of the billed period; null if the provider does not name it.';
comment on column subscription_invoice.paid_at is 'Null until the invoice is paid.';
comment on column subscription_invoice.next_attempt_at is 'When the provider tries to collect the payment next; null if it does not.';
comment on column subscription_invoice.collected is 'Whether the provider still tries to collect the payment by itself.';
comment on column subscription_invoice.hosted_url is 'Page of the provider on which the invoice can be paid.';
comment on column subscription_invoice.payment_status is 'Status of the payment that is open; null if there is none.';
