-- Module accounts: registered readers, secret keys and the quota of new visitors.

create table account (
  id                  uuid primary key,
  issuer              text not null check (length(issuer) <= 255),
  subject             text not null check (length(subject) <= 255),
  email               text check (length(email) <= 254),
  name                text check (length(name) <= 200),
  locale              text,
  time_zone           text,
  created_at          timestamptz not null,
  version             bigint not null default 0,
  verified_email_hash bytea,
  erased_at           timestamptz,
  unique (issuer, subject),
  constraint account_erased_is_anonymous check (
    erased_at is null
    or (issuer = 'erased' and num_nonnulls(email, name, locale, time_zone, verified_email_hash) = 0))
);

comment on table account is
  'A registered reader. Erasure removes the personal data and keeps the row, because reads that publishers are paid for refer to its id.';
comment on column account.issuer is 'Claim iss of the OIDC issuer; the word erased after erasure.';
comment on column account.subject is 'Claim sub, unique within the issuer; a random value after erasure.';
comment on column account.locale is 'BCP 47 language tag; null if unknown.';
comment on column account.time_zone is 'IANA time zone; null if unknown.';
comment on column account.version is
  'Incremented by every change of the entitlements of the account. Caches and reading passes compare it.';
comment on column account.verified_email_hash is
  'Keyed hash of the e-mail address; null unless the issuer says that it has verified the address.';
comment on column account.erased_at is 'When the personal data was erased; null while the account is active.';

create table signing_key (
  purpose   text primary key,
  key_bytes bytea not null
);

comment on table signing_key is
  'HMAC keys that the service generates at its first start and that all replicas share. Contains secrets.';
comment on column signing_key.purpose is 'Name of the use, such as visitors.';

create table visitor_quota (
  quota_date    date not null,
  network_hash  bytea not null,
  tokens_issued int not null,
  primary key (quota_date, network_hash)
);

comment on table visitor_quota is
  'How many visitor tokens were issued per day and network. Rows are deleted after two days.';
comment on column visitor_quota.quota_date is 'Day in UTC.';
comment on column visitor_quota.network_hash is
  'Keyed hash of the network prefix (IPv4 /24, IPv6 /48) and the day, so that the address cannot be recovered.';
