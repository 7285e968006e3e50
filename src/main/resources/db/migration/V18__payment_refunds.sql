-- Module billing: how much of a payment was refunded.

alter table payment_reversal
  add column amount_refunded bigint not null default 0 check (amount_refunded >= 0);

comment on column payment_reversal.amount_refunded is 'Sum of the refunds, in the smallest unit of the currency.';
