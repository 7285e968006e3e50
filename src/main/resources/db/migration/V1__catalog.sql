-- Module catalog: sources, plans, prices and access rules.

create table catalog_revision (
  singleton boolean primary key default true check (singleton),
  revision  bigint not null default 0
);
insert into catalog_revision default values;

comment on table catalog_revision is
  'One row with the revision of the catalog. Every import and every rule change updates it first, so the row lock serializes writers.';
comment on column catalog_revision.singleton is 'Always true: the primary key limits the table to one row.';
comment on column catalog_revision.revision is 'Incremented by every change of a table of this module.';

create table source (
  slug       text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name       text not null,
  country    char(2),
  language   text,
  time_zone  text not null,
  categories text[] not null default '{}',
  retired_at timestamptz
);

comment on table source is 'A publication. Written by the import of sources; rows are retired, never deleted.';
comment on column source.country is 'ISO 3166-1 alpha-2 code, lower case; null if unknown.';
comment on column source.language is 'BCP 47 language tag; null if unknown.';
comment on column source.time_zone is 'IANA time zone in which the periods of meters begin.';
comment on column source.retired_at is 'When an import no longer contained the source; null while it is active.';

create table source_host (
  host        text not null,
  path_prefix text not null default '',
  source      text not null references source,
  primary key (host, path_prefix)
);

comment on table source_host is
  'Hosts, or parts of hosts, that belong to a source. The primary key ensures that a host and path prefix belong to one source.';
comment on column source_host.path_prefix is 'Begins with a slash; empty for the whole host.';

create table plan (
  slug              text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name              text not null,
  name_translations jsonb not null default '{}' check (jsonb_typeof(name_translations) = 'object'),
  trial_days        int not null check (trial_days between 0 and 365),
  covered_sources   text[],
  retired_at        timestamptz
);

comment on table plan is 'What is sold. Written by the import of plans; rows are retired, never deleted.';
comment on column plan.name_translations is 'Translated names by language, such as {"de": "Mitgliedschaft"}.';
comment on column plan.trial_days is 'Length of the free trial in days; 0 if the plan has none.';
comment on column plan.covered_sources is 'Slugs of the sources that the plan opens; null for all sources, including future ones.';
comment on column plan.retired_at is 'When an import no longer contained the plan; null while it is for sale.';

create table price (
  plan             text not null references plan,
  billing_interval text not null check (billing_interval in ('MONTH', 'YEAR')),
  amount           bigint not null check (amount >= 0),
  currency         char(3) not null check (currency ~ '^[a-z]{3}$'),
  primary key (plan, billing_interval)
);

comment on table price is 'The price of a plan for each billing interval.';
comment on column price.amount is 'In the smallest unit of the currency, such as cents.';
comment on column price.currency is 'ISO 4217 code, lower case.';

create view priced_plan as
select p.slug, p.retired_at, jsonb_build_object(
  'slug', p.slug, 'name', p.name, 'nameTranslations', p.name_translations, 'trialDays', p.trial_days,
  'covers', p.covered_sources,
  'prices', (select coalesce(jsonb_agg(jsonb_build_object(
    'interval', r.billing_interval,
    'price', jsonb_build_object('amount', r.amount, 'currency', r.currency)) order by r.billing_interval), '[]')
    from price r where r.plan = p.slug)) as plan_json
from plan p;

comment on view priced_plan is 'Each plan with its prices.';
comment on column priced_plan.plan_json is 'The plan as the Java record Plan serializes it.';

create table access_rule (
  source       text not null references source,
  version      int not null check (version > 0),
  section      text not null check (length(section) <= 200),
  valid_from   timestamptz not null,
  valid_until  timestamptz,
  policy       jsonb not null,
  imported     boolean not null,
  decided_at   timestamptz not null,
  withdrawn_at timestamptz,
  note         text,
  primary key (source, version),
  constraint access_rule_term check (valid_until > valid_from),
  constraint access_rule_not_retroactive check (valid_from >= decided_at or version = 1),
  constraint access_rule_policy check (
    policy ->> 'gate' in ('OPEN', 'REGISTERED', 'METERED', 'MEMBERS')
    and (policy ->> 'gate' = 'METERED') = (policy -> 'allowance' is not null and policy -> 'window' is not null))
);

comment on table access_rule is
  'Access policies of a source or of one of its sections, each effective from an instant. Rules are added and withdrawn, never changed.';
comment on column access_rule.version is 'Consecutive number within the source, starting at 1.';
comment on column access_rule.section is 'Path of the section that the rule applies to, with all its subsections; empty for the whole source.';
comment on column access_rule.valid_from is 'Start of the term, inclusive.';
comment on column access_rule.valid_until is 'End of the term, exclusive; null for no end.';
comment on column access_rule.policy is
  'The policy as the Java record Policy serializes it: gate, and for METERED also allowance (articles) and window (DAY, WEEK or MONTH).';
comment on column access_rule.imported is 'True if the import of sources created the rule, false if an editor did.';
comment on column access_rule.decided_at is 'When the rule was created.';
comment on column access_rule.withdrawn_at is 'When the rule was withdrawn; null while it applies.';
comment on column access_rule.note is 'The reason that the editor gave; may be null.';

create function reject_rule_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.withdrawn_at is null
     and to_jsonb(new) - 'withdrawn_at' = to_jsonb(old) - 'withdrawn_at' then
    return new;
  end if;
  raise exception 'access rules can be added and withdrawn, but not changed or deleted';
end $$;

comment on function reject_rule_change is 'Allows the withdrawal of an access rule and rejects every other change.';

create trigger access_rule_append_only before update or delete on access_rule
for each row execute function reject_rule_change();
