-- One row: the revision of the catalogue, which grows with every import and is the lock that imports take.
create table catalog (
  only_row boolean primary key default true check (only_row),
  revision bigint not null default 0
);
insert into catalog default values;

create table source (
  slug       text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name       text not null,
  country    char(2),
  language   text,
  zone       text not null,
  categories text[] not null default '{}',
  gate       text not null check (gate in ('OPEN', 'REGISTERED', 'METERED', 'MEMBERS')),
  allowance  int check (allowance between 1 and 1000),
  "window"   text check ("window" in ('DAY', 'WEEK', 'MONTH')),
  retired_at timestamptz,
  check ((gate = 'METERED') = (allowance is not null and "window" is not null)),
  check ((allowance is null) = ("window" is null))
);

-- The primary key keeps the promise that a place on the web belongs to one source.
create table source_host (
  host   text not null,
  prefix text not null default '',
  source text not null references source,
  primary key (host, prefix)
);

create table plan (
  slug       text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name       text not null,
  trial_days int not null check (trial_days between 0 and 365),
  covers     text[], -- null: all sources, also those to come
  retired_at timestamptz
);

create table price (
  plan       text not null references plan,
  "interval" text not null check ("interval" in ('MONTH', 'YEAR')),
  amount     bigint not null check (amount >= 0),
  currency   char(3) not null check (currency ~ '^[a-z]{3}$'),
  primary key (plan, "interval")
);

-- A plan with its prices, in the shape in which the service reads and writes it.
create view priced_plan as
select p.slug, p.retired_at, jsonb_build_object(
  'slug', p.slug, 'name', p.name, 'trialDays', p.trial_days, 'covers', p.covers,
  'prices', (select coalesce(jsonb_agg(jsonb_build_object(
    'interval', r."interval",
    'price', jsonb_build_object('amount', r.amount, 'currency', r.currency)) order by r."interval"), '[]')
    from price r where r.plan = p.slug)) as json
from plan p;
