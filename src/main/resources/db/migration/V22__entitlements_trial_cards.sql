-- Module entitlements: the cards of trials that run at the billing provider, and trials that were taken before the e-mail
-- address was verified.

create table trial_card (
  account_id  uuid not null references account,
  card_hash   bytea not null,
  is_repeated boolean not null,
  recorded_at timestamptz not null,
  primary key (account_id, card_hash)
);
create index trial_card_repeated on trial_card (account_id) where is_repeated;

comment on table trial_card is
  'The cards of an account during a trial at the billing provider. Erasure deletes the rows; the hashes remain in trial_redemption.';
comment on column trial_card.card_hash is
  'Keyed hash of the fingerprint by which the billing provider recognizes a card number.';
comment on column trial_card.is_repeated is
  'Whether the card had been used in a trial of another account, or of an account that was erased.';
comment on column trial_card.recorded_at is 'When the card was first seen in a trial of the account.';

comment on column trial_redemption.person_hash is
  'Keyed hash of an identity (issuer and subject), of a verified e-mail address, or of a card. Addresses are hashed after folding (see account.verified_email_hash). Hashes of addresses from before cannot be converted: a sign-in looks for both forms, and records the new one if the old one is found.';

insert into trial_redemption (person_hash)
select distinct a.verified_email_hash from account a
where a.verified_email_hash is not null
  and exists (select from entitlement e where e.account_id = a.id and e.basis = 'TRIAL')
on conflict do nothing;
