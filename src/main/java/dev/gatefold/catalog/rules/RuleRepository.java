package dev.gatefold.catalog.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.caching.IfMatch;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import org.hibernate.Session;

/** The rules in the database, to which others are only added; each change only where nothing else changed meanwhile. */
@Singleton
public class RuleRepository {
    /** The one row of the catalogue is also the lock: changes go one after the other. */
    private static final String LOCK = "update catalog_revision set revision = revision + 1";

    private static final String REVISION =
            "select cast(count(*) + count(withdrawn_at) as int) from access_rule where source = :source";

    private static final String MAKE = """
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

    /** The number that the rule got. */
    @Transactional
    public int add(String source, int revision, Rule rule) {
        begin(source, revision);
        return database.createNativeQuery(MAKE, Integer.class)
                .setParameter("source", source)
                .setParameter("section", rule.section())
                .setParameter("from", rule.from())
                .setParameter("until", rule.until())
                .setParameter("policy", write(rule.policy()))
                .setParameter("at", rule.decidedAt())
                .setParameter("note", rule.note())
                .getSingleResult();
    }

    /** Throws where it is fixed: it has ended, or the table of the sources says so. */
    @Transactional
    public void withdraw(String source, int revision, int version, Instant at) {
        begin(source, revision);
        int withdrawn = database.createNativeMutationQuery(WITHDRAW)
                .setParameter("source", source)
                .setParameter("version", version)
                .setParameter("at", at)
                .executeUpdate();
        if (withdrawn == 0) {
            throw Problem.conflict(
                    "rule-fixed",
                    "The rule cannot be taken back",
                    "It has ended, or the table of the sources says so: make another beside it");
        }
    }

    /** Throws where the rules are no longer those of the revision. */
    private void begin(String source, int revision) {
        database.createNativeMutationQuery(LOCK).executeUpdate();
        int now = database.createNativeQuery(REVISION, Integer.class)
                .setParameter("source", source)
                .getSingleResult();
        if (now != revision) {
            throw IfMatch.failed();
        }
    }

    private String write(Policy policy) {
        try {
            return json.writeValueAsString(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
