package dev.gatefold.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.tables.SourceTsvReader.SourceDefinition;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

/**
 * The tables of the catalogue, read and replaced as a whole; PostgreSQL and the records speak JSON to each other. What
 * is missing from a replacement is retired, never deleted.
 */
@Singleton
public class CatalogRepository {
    private static final String CONTENTS = """
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
                               from priced_plan p where p.retired_at is not null)
            ) as text)
            """;

    private static final String SOURCES = """
            with given as (
              select slug, name, country, language, zone as time_zone, hosts,
                     array(select jsonb_array_elements_text(categories)) as categories
              from jsonb_to_recordset(cast(:json as jsonb)) as r(
                slug text, name text, country text, language text, zone text, categories jsonb, hosts jsonb)
            ), retired as (
              update source set retired_at = now()
              where retired_at is null and slug not in (select slug from given)
            )
            insert into source as s (slug, name, country, language, time_zone, categories)
            select slug, name, country, language, time_zone, categories from given
            on conflict (slug) do update set
              name = excluded.name, country = excluded.country, language = excluded.language, time_zone = excluded.time_zone,
              categories = excluded.categories, retired_at = null
            """;

    private static final String HOSTS = """
            insert into source_host (host, path_prefix, source)
            select substring(h.host from '^[^/]+'), substring(h.host from '^[^/]+(.*)$'), r.slug
            from jsonb_to_recordset(cast(:json as jsonb)) as r(slug text, hosts jsonb),
                 lateral jsonb_array_elements_text(r.hosts) as h(host)
            """;

    /** A table that says what the last one said makes no rule: what was made beside it goes on holding. */
    private static final String RULES = """
            insert into access_rule (source, version, section, valid_from, policy, imported, decided_at)
            select l.source ->> 'slug', made.rules + 1, '',
                   case when made.rules = 0 then timestamptz 'epoch' else cast(:at as timestamptz) end,
                   jsonb_strip_nulls(l.policy), true, :at
            from jsonb_to_recordset(cast(:json as jsonb)) as l(source jsonb, policy jsonb),
                 lateral (select count(*) as rules from access_rule r where r.source = l.source ->> 'slug') made
            where jsonb_strip_nulls(l.policy) is distinct from
                  (select policy from access_rule r where r.source = l.source ->> 'slug' and imported
                   order by version desc limit 1)
            """;

    private static final String PLANS = """
            with given as (
              select slug, name, "trialDays" as trial_days,
                     case when covers is not null then array(select jsonb_array_elements_text(covers)) end as covered_sources
              from jsonb_to_recordset(cast(:json as jsonb)) as r(slug text, name text, "trialDays" int, covers jsonb)
            ), retired as (
              update plan set retired_at = now()
              where retired_at is null and slug not in (select slug from given)
            )
            insert into plan (slug, name, trial_days, covered_sources)
            select slug, name, trial_days, covered_sources from given
            on conflict (slug) do update set
              name = excluded.name, trial_days = excluded.trial_days,
              covered_sources = excluded.covered_sources, retired_at = null
            """;

    private static final String PRICES = """
            insert into price (plan, billing_interval, amount, currency)
            select r.slug, p."interval", cast(p.price ->> 'amount' as bigint), p.price ->> 'currency'
            from jsonb_to_recordset(cast(:json as jsonb)) as r(slug text, prices jsonb),
                 lateral jsonb_to_recordset(r.prices) as p("interval" text, price jsonb)
            """;

    private final Session database;
    private final ObjectMapper json;

    CatalogRepository(Session database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    @Transactional
    long revision() {
        return database.createNativeQuery("select revision from catalog_revision", Long.class)
                .getSingleResult();
    }

    @Transactional
    Catalog.CatalogContents contents() {
        String contents = database.createNativeQuery(CONTENTS, String.class).getSingleResult();
        try {
            return json.readValue(contents, Catalog.CatalogContents.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The catalogue in the database cannot be read", e);
        }
    }

    @Transactional
    public void replaceSources(List<SourceDefinition> listed, Instant at) {
        nextRevision();
        String rows = write(listed.stream().map(SourceDefinition::source).toList());
        execute(SOURCES, rows);
        database.createNativeMutationQuery("delete from source_host").executeUpdate();
        execute(HOSTS, rows);
        database.createNativeMutationQuery(RULES)
                .setParameter("json", write(listed))
                .setParameter("at", at)
                .executeUpdate();
    }

    @Transactional
    public void replacePlans(List<Plan> plans) {
        nextRevision();
        String rows = write(plans);
        execute(PLANS, rows);
        database.createNativeMutationQuery(
                        "delete from price where plan in (select slug from plan where retired_at is null)")
                .executeUpdate();
        execute(PRICES, rows);
    }

    /** The one row is also the lock: imports go one after the other. */
    private void nextRevision() {
        database.createNativeMutationQuery("update catalog_revision set revision = revision + 1")
                .executeUpdate();
    }

    private void execute(String sql, String rows) {
        database.createNativeMutationQuery(sql).setParameter("json", rows).executeUpdate();
    }

    private String write(Object rows) {
        try {
            return json.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
