-- Modules entitlements and accounts: tells payments that can be made now from payments that are in progress, and lets support
-- find accounts by e-mail address.

alter table reader_billing
  drop constraint reader_billing_billing_status_check,
  add constraint reader_billing_billing_status_check check (billing_status in (
    'CURRENT', 'PENDING', 'FIRST_INVOICE_OPEN', 'OVERDUE', 'PAYMENT_IN_PROGRESS', 'UNCOLLECTED', 'PAUSED',
    'RESUMPTION_UNPAID', 'REVERSED'));

comment on column reader_billing.billing_status is
  'CURRENT: paid or in a free trial. PENDING: the first payment is in progress. FIRST_INVOICE_OPEN: the first invoice can be paid. OVERDUE: a payment failed and its invoice is open. PAYMENT_IN_PROGRESS: a payment failed and another attempt is in progress. UNCOLLECTED: a payment failed and no open invoice can be paid. PAUSED: a payment method is missing. RESUMPTION_UNPAID: paused until the open invoice of the resumption is paid. REVERSED: the payment was refunded or disputed.';

create index account_by_email on account (lower(email)) where email is not null;

comment on index account_by_email is 'Support finds accounts by e-mail address, ignoring case.';
