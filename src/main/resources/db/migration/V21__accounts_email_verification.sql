-- Module accounts: whether the issuer has verified the e-mail address, and since when it states it. Existing addresses count
-- as not verified until the reader signs in again.

alter table account add column email_verified boolean not null default false;
alter table account add column email_claimed_at timestamptz;

comment on column account.email is
  'E-mail address. A sign-in replaces it by the address in the token of the issuer; the reader can give another one between sign-ins.';
comment on column account.email_verified is 'Whether the issuer states that it has verified the address in email.';
comment on column account.email_claimed_at is
  'When a token of the issuer first stated the address in email; null if there is none or the reader has given it.';
comment on column account.verified_email_hash is
  'Keyed hash of the last e-mail address that the issuer has verified; null if it has verified none. Dots and tags are removed before hashing for mail providers that ignore them. Rows of readers who have not signed in since this migration have the hash of the address in lower case.';

-- Module billing: customers whose e-mail address must be sent to the provider.

alter table billing_work drop constraint billing_work_kind_check;
alter table billing_work add constraint billing_work_kind_check check (kind in ('EVENT', 'SUBSCRIPTION', 'CUSTOMER'));

comment on table billing_work is
  'Work queue: events of which the affected subscriptions must be found, subscriptions that may have changed, and customers whose e-mail address has changed. A row stays after the work and is queued again by a new request.';
comment on column billing_work.item_id is 'Id of the event, the subscription or the customer at the provider.';
