-- A right of an account to what a plan covers, for a half-open term: valid_from belongs to it, valid_until does not.
create table entitlement (
  id          uuid primary key,
  account_id  uuid not null references account,
  basis       text not null check (basis in ('TRIAL', 'MEMBER', 'GRACE', 'COMPLIMENTARY', 'GIFT', 'HOUSEHOLD',
                                             'PURCHASED', 'PENDING_PAYMENT')),
  -- why it exists: granting the same origin again changes this row and adds none
  origin      text not null check (length(origin) between 1 and 200),
  plan        text not null references plan,
  valid_from  timestamptz not null,
  valid_until timestamptz, -- null: without an end
  check (valid_until > valid_from),
  unique (account_id, origin)
);
