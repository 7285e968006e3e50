package dev.gatefold.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.ProviderPrice;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

/** Reads and replaces the stored catalog. Sources and plans that a replacement does not contain are retired, not deleted. */
@Singleton
public class CatalogRepository {
    private final Session database;
    private final ObjectMapper json;

    CatalogRepository(Session database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    @Transactional
    long revision() {
        return database.createNativeQuery(CatalogSql.REVISION, Long.class).getSingleResult();
    }

    @Transactional
    CatalogContents contents() {
        String contents =
                database.createNativeQuery(CatalogSql.CONTENTS, String.class).getSingleResult();
        try {
            return json.readValue(contents, CatalogContents.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The stored catalog cannot be parsed", e);
        }
    }

    /**
     * Replaces all sources. A source whose policy differs from its previous import gets a new rule from {@code at} on; a new
     * source gets its first rule.
     */
    @Transactional
    public void replaceSources(List<SourceDefinition> definitions, Instant at) {
        incrementRevision();
        String sources =
                toJson(definitions.stream().map(SourceDefinition::source).toList());
        execute(CatalogSql.REPLACE_SOURCES, sources);
        database.createNativeMutationQuery(CatalogSql.DELETE_HOSTS).executeUpdate();
        execute(CatalogSql.INSERT_HOSTS, sources);
        database.createNativeMutationQuery(CatalogSql.INSERT_CHANGED_RULES)
                .setParameter("json", toJson(definitions))
                .setParameter("at", at)
                .executeUpdate();
    }

    /** Replaces all plans for sale and their prices. */
    @Transactional
    public void replacePlans(List<Plan> plans) {
        incrementRevision();
        String rows = toJson(plans);
        execute(CatalogSql.REPLACE_PLANS, rows);
        database.createNativeMutationQuery(CatalogSql.DELETE_PRICES_OF_PLANS_FOR_SALE)
                .executeUpdate();
        execute(CatalogSql.INSERT_PRICES, rows);
    }

    /**
     * Stores what the billing provider charges, if it differs from what is stored.
     *
     * @return true if anything was changed
     */
    @Transactional
    public boolean replaceProviderPrices(List<ProviderPrice> prices) {
        boolean changed = database.createNativeMutationQuery(CatalogSql.UPSERT_PROVIDER_PRICES)
                        .setParameter("json", toJson(prices))
                        .executeUpdate()
                > 0;
        if (changed) {
            incrementRevision();
        }
        return changed;
    }

    private void incrementRevision() {
        database.createNativeMutationQuery(CatalogSql.INCREMENT_REVISION).executeUpdate();
    }

    private void execute(String sql, String rows) {
        database.createNativeMutationQuery(sql).setParameter("json", rows).executeUpdate();
    }

    private String toJson(Object rows) {
        try {
            return json.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
