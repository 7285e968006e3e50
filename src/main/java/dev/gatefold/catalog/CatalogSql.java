package dev.gatefold.catalog;

/**
 * The statements of {@link CatalogRepository}. Rows are exchanged as JSON, in the form in which Jackson serializes the
 * records, so that one statement reads or writes a whole table.
 */
final class CatalogSql {
    /** Returns a {@link CatalogContents} as JSON. Slugs are sorted by code point, as in Java. */
    static final String CONTENTS = """
            select cast(jsonb_build_object(
              'revision', (select revision from catalog_revision),
              'sources', (
                select coalesce(jsonb_agg(jsonb_build_object(
                  'slug', s.slug, 'name', s.name, 'country', s.country, 'language', s.language, 'zone', s.time_zone,
                  'categories', s.categories, 'hosts', h.hosts
                ) order by s.slug collate "C"), '[]')
                from source s
                join (select source, jsonb_agg(host || path_prefix order by host, path_prefix) as hosts
                      from source_host group by source) h on h.source = s.slug
                where s.retired_at is null),
              'rules', (
                select coalesce(jsonb_object_agg(r.source, r.rules), '{}')
                from (select source, jsonb_agg(jsonb_build_object(
                        'version', version, 'section', section, 'from', valid_from, 'until', valid_until,
                        'policy', policy, 'fromTable', imported,
                        'decidedAt', decided_at, 'withdrawnAt', withdrawn_at, 'note', note)) as rules
                      from access_rule a join source s on s.slug = a.source and s.retired_at is null
                      group by source) r),
              'plans', (select coalesce(jsonb_agg(p.plan_json order by p.slug collate "C"), '[]')
                        from priced_plan p where p.retired_at is null),
              'retiredPlans', (select coalesce(jsonb_agg(p.plan_json), '[]')
                               from priced_plan p where p.retired_at is not null),
              'providerPrices', (
                select coalesce(jsonb_agg(jsonb_build_object(
                  'plan', plan, 'interval', billing_interval, 'priceId', price_id,
                  'price', case when amount is not null
                           then jsonb_build_object('amount', amount, 'currency', currency) end)), '[]')
                from provider_price)
            ) as text)
            """;

    static final String REVISION = "select revision from catalog_revision";

    /** Also locks the only row, so that changes of the catalog run one after the other. */
    static final String INCREMENT_REVISION = "update catalog_revision set revision = revision + 1";

    /** Parameter {@code json} is a list of {@code Source}. Retires the sources that it does not contain. */
    static final String REPLACE_SOURCES = """
            with imported as (
              select slug, name, country, language, zone as time_zone, hosts,
                     array(select jsonb_array_elements_text(categories)) as categories
              from jsonb_to_recordset(cast(:json as jsonb)) as r(
                slug text, name text, country text, language text, zone text, categories jsonb, hosts jsonb)
            ), retired as (
              update source set retired_at = now()
              where retired_at is null and slug not in (select slug from imported)
            )
            insert into source as s (slug, name, country, language, time_zone, categories)
            select slug, name, country, language, time_zone, categories from imported
            on conflict (slug) do update set
              name = excluded.name, country = excluded.country, language = excluded.language, time_zone = excluded.time_zone,
              categories = excluded.categories, retired_at = null
            """;

    static final String DELETE_HOSTS = "delete from source_host";

    /** Parameter {@code json} is a list of {@code Source}. */
    static final String INSERT_HOSTS = """
            insert into source_host (host, path_prefix, source)
            select substring(h.host from '^[^/]+'), substring(h.host from '^[^/]+(.*)$'), r.slug
            from jsonb_to_recordset(cast(:json as jsonb)) as r(slug text, hosts jsonb),
                 lateral jsonb_array_elements_text(r.hosts) as h(host)
            """;

    /**
     * Parameter {@code json} is a list of {@code SourceDefinition}. Adds a rule only if the policy differs from the previous
     * import, so that rules that an editor has added since remain effective.
     */
    static final String INSERT_CHANGED_RULES = """
            insert into access_rule (source, version, section, valid_from, policy, imported, decided_at)
            select d.source ->> 'slug', existing.rules + 1, '',
                   case when existing.rules = 0 then timestamptz 'epoch' else cast(:at as timestamptz) end,
                   jsonb_strip_nulls(d.policy), true, :at
            from jsonb_to_recordset(cast(:json as jsonb)) as d(source jsonb, policy jsonb),
                 lateral (select count(*) as rules from access_rule r where r.source = d.source ->> 'slug') existing
            where jsonb_strip_nulls(d.policy) is distinct from
                  (select policy from access_rule r where r.source = d.source ->> 'slug' and imported
                   order by version desc limit 1)
            """;

    /** Parameter {@code json} is a list of {@code Plan}. Retires the plans that it does not contain. */
    static final String REPLACE_PLANS = """
            with imported as (
              select slug, name, coalesce("nameTranslations", '{}') as name_translations, "trialDays" as trial_days,
                     case when covers is not null then array(select jsonb_array_elements_text(covers)) end as covered_sources
              from jsonb_to_recordset(cast(:json as jsonb)) as r(
                slug text, name text, "nameTranslations" jsonb, "trialDays" int, covers jsonb)
            ), retired as (
              update plan set retired_at = now()
              where retired_at is null and slug not in (select slug from imported)
            )
            insert into plan (slug, name, name_translations, trial_days, covered_sources)
            select slug, name, name_translations, trial_days, covered_sources from imported
            on conflict (slug) do update set
              name = excluded.name, name_translations = excluded.name_translations, trial_days = excluded.trial_days,
              covered_sources = excluded.covered_sources, retired_at = null
            """;

    static final String DELETE_PRICES_OF_PLANS_FOR_SALE =
            "delete from price where plan in (select slug from plan where retired_at is null)";

    /** Parameter {@code json} is a list of {@code Plan}. */
    static final String INSERT_PRICES = """
            insert into price (plan, billing_interval, amount, currency)
            select r.slug, p."interval", cast(p.price ->> 'amount' as bigint), p.price ->> 'currency'
            from jsonb_to_recordset(cast(:json as jsonb)) as r(slug text, prices jsonb),
                 lateral jsonb_to_recordset(r.prices) as p("interval" text, price jsonb)
            """;

    /** Parameter {@code json} is a list of {@code ProviderPrice}. Returns how many rows it changed. */
    static final String UPSERT_PROVIDER_PRICES = """
            insert into provider_price as p (plan, billing_interval, price_id, amount, currency)
            select r.plan, r."interval", r."priceId", cast(r.price ->> 'amount' as bigint), r.price ->> 'currency'
            from jsonb_to_recordset(cast(:json as jsonb)) as r(plan text, "interval" text, "priceId" text, price jsonb)
            on conflict (plan, billing_interval) do update set
              price_id = excluded.price_id, amount = excluded.amount, currency = excluded.currency
            where (p.price_id, p.amount, p.currency)
                  is distinct from (excluded.price_id, excluded.amount, excluded.currency)
            """;

    private CatalogSql() {}
}
