package dev.gatefold.catalog.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.caching.IfMatch;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import org.hibernate.Session;

/**
 * Creates and withdraws access rules. Each change requires the revision of the rules that the editor has seen
 * ({@link SourceRules#revision}).
 */
@Singleton
public class RuleRepository {
    /** Increments the revision of the catalog. The lock on its only row serializes changes of the catalog. */
    private static final String LOCK = "update catalog_revision set revision = revision + 1";

    private static final String REVISION =
            "select cast(count(*) + count(withdrawn_at) as int) from access_rule where source = :source";

    private static final String ADD = """
            insert into access_rule
              (source, version, section, valid_from, valid_until, policy, imported, decided_at, note)
            select :source, count(*) + 1, :section, :from, :until, cast(:policy as jsonb), false, :at, :note
            from access_rule where source = :source
            returning version
            """;

    private static final String WITHDRAW = """
            update access_rule set withdrawn_at = :at
            where source = :source and version = :version and withdrawn_at is null and not imported
              and (valid_until is null or valid_until > :at)
            """;

    private final Session database;
    private final ObjectMapper json;

    RuleRepository(Session database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Creates a rule.
     *
     * @param source slug of the source
     * @param revision expected revision of the rules of the source
     * @return the version of the new rule
     * @throws Problem {@code changed-meanwhile} if the revision has changed
     */
    @Transactional
    public int add(String source, int revision, Rule rule) {
        lockRevision(source, revision);
        return database.createNativeQuery(ADD, Integer.class)
                .setParameter("source", source)
                .setParameter("section", rule.section())
                .setParameter("from", rule.from())
                .setParameter("until", rule.until())
                .setParameter("policy", toJson(rule.policy()))
                .setParameter("at", rule.decidedAt())
                .setParameter("note", rule.note())
                .getSingleResult();
    }

    /**
     * Withdraws a rule, so that it is not effective from {@code at} on.
     *
     * @param source slug of the source
     * @param revision expected revision of the rules of the source
     * @throws Problem {@code changed-meanwhile} if the revision has changed; {@code rule-fixed} if the rule has ended, was
     *     withdrawn before, or was imported
     */
    @Transactional
    public void withdraw(String source, int revision, int version, Instant at) {
        lockRevision(source, revision);
        int withdrawn = database.createNativeMutationQuery(WITHDRAW)
                .setParameter("source", source)
                .setParameter("version", version)
                .setParameter("at", at)
                .executeUpdate();
        if (withdrawn == 0) {
            throw Problem.conflict(
                    "rule-fixed",
                    "The rule cannot be withdrawn",
                    "The rule has ended or comes from the import of sources; create another rule that overrides it");
        }
    }

    private void lockRevision(String source, int expected) {
        database.createNativeMutationQuery(LOCK).executeUpdate();
        int revision = database.createNativeQuery(REVISION, Integer.class)
                .setParameter("source", source)
                .getSingleResult();
        if (revision != expected) {
            throw IfMatch.failed();
        }
    }

    private String toJson(Policy policy) {
        try {
            return json.writeValueAsString(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
