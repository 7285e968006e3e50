-- Module entitlements: the billing status of accounts, which explains denials.

create table reader_billing (
  account_id     uuid primary key references account,
  billing_status text not null check (billing_status in ('CURRENT', 'PENDING', 'OVERDUE', 'PAUSED', 'REVERSED'))
);

comment on table reader_billing is
  'Accounts with a live subscription, and whether it is paid. Explains denials, and prevents a second sale. No row means no live subscription.';
comment on column reader_billing.billing_status is
  'CURRENT: paid or in a free trial. PENDING: the first payment is in progress. OVERDUE: a payment is owed. PAUSED: a payment method is missing. REVERSED: the payment was refunded or disputed.';
