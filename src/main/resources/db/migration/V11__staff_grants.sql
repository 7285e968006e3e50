-- What the support desk has granted, and why. The right itself is an entitlement, of which this is the origin.
create table staff_grant (
  id         uuid primary key,
  account_id uuid not null references account,
  reason     text not null check (length(reason) between 1 and 500),
  asked      text not null, -- all that was to be given, so that one key is not used for two intentions
  granted_by text not null, -- the subject of whoever did it, at our issuer
  granted_at timestamptz not null,
  ended_by   text,
  ended_at   timestamptz,
  check ((ended_by is null) = (ended_at is null))
);
create index staff_grant_by_account on staff_grant (account_id);
