-- Module admin: entitlements that support staff granted.

create table staff_grant (
  id             uuid primary key,
  account_id     uuid not null references account,
  reason         text not null check (length(reason) between 1 and 500),
  request_params text not null,
  granted_by     text not null,
  granted_at     timestamptz not null,
  ended_by       text,
  ended_at       timestamptz,
  constraint staff_grant_end check ((ended_by is null) = (ended_at is null))
);
create index staff_grant_by_account on staff_grant (account_id);

comment on table staff_grant is
  'Who granted which entitlement, and why. The entitlement itself has the origin staff/<id>.';
comment on column staff_grant.id is 'Derived from the staff member and the idempotency key of the request.';
comment on column staff_grant.reason is 'Free text of the staff member; replaced when the account is erased.';
comment on column staff_grant.request_params is
  'Parameters of the request. A second request with the same idempotency key must have the same parameters.';
comment on column staff_grant.granted_by is 'Claim sub of the staff member.';
comment on column staff_grant.ended_by is 'Claim sub of the staff member who ended the grant; null while it was not ended.';
