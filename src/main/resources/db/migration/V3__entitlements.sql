-- Module entitlements: the rights of accounts, and who has had a free trial.

create table entitlement (
  id           uuid primary key,
  account_id   uuid not null references account,
  basis        text not null check (basis in ('TRIAL', 'MEMBER', 'GRACE', 'COMPLIMENTARY', 'GIFT', 'HOUSEHOLD',
                                              'PURCHASED', 'PENDING_PAYMENT')),
  origin       text not null check (length(origin) between 1 and 200),
  plan         text references plan,
  source       text references source,
  article_key  text check (length(article_key) <= 5000),
  article_name text check (length(article_name) <= 5000),
  valid_from   timestamptz not null,
  valid_until  timestamptz,
  updated_at   timestamptz not null,
  unique (account_id, origin),
  constraint entitlement_term check (valid_until > valid_from),
  constraint entitlement_plan_or_article check (
    num_nonnulls(plan, source) = 1 and num_nonnulls(source, article_key, article_name) in (0, 3))
);

comment on table entitlement is
  'The right of an account to everything that a plan covers, or to one article, for the term [valid_from, valid_until).';
comment on column entitlement.origin is
  'Idempotency key of the grant, such as staff/<id>: granting the same origin again updates the row.';
comment on column entitlement.plan is 'The plan that the right covers; null for a right to one article.';
comment on column entitlement.source is 'Source of the article; null for a right to a plan. The same holds for article_key and article_name.';
comment on column entitlement.article_key is 'Identifies the article within its source.';
comment on column entitlement.article_name is 'Canonical URL of the article, or the reference that the source uses.';
comment on column entitlement.valid_from is 'Start of the term, inclusive.';
comment on column entitlement.valid_until is 'End of the term, exclusive; null for no end.';
comment on column entitlement.updated_at is
  'Database time of the last change, set by a trigger. Used to find readers who were denied what they held.';

create function set_entitlement_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end $$;

comment on function set_entitlement_updated_at is 'Sets updated_at to the time of the database.';

create trigger entitlement_updated_at before insert or update on entitlement
for each row execute function set_entitlement_updated_at();

create table trial_redemption (
  person_hash bytea primary key
);

comment on table trial_redemption is
  'Who has had a free trial, across accounts and after erasure. A person may have several rows; no row refers to an account.';
comment on column trial_redemption.person_hash is
  'Keyed hash of an identity (issuer and subject) or of a verified e-mail address.';
