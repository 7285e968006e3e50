package dev.gatefold.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.testing.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.util.List;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** Names and comments of the schema, as PostgreSQL knows them. */
@ServiceTest
class SchemaNamesTest {
    /** Terms of the domain that are keywords of PostgreSQL in rare statements only, and need no quotes. */
    private static final String HARMLESS = "'name', 'version', 'language', 'policy', 'subscription', 'plan', 'source'";

    private static final String OURS = """
            select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind in ('r', 'v', 'S') and c.relname not like 'flyway%'
            """;

    private static final String KEYWORDS = """
            with ours as (%s), names(name) as (
              select relname from ours
              union
              select a.attname from pg_attribute a join ours o on o.oid = a.attrelid
              join pg_class c on c.oid = o.oid and c.relkind <> 'S'
              where a.attnum > 0 and not a.attisdropped)
            select cast(name as text) from names join pg_get_keywords() k on k.word = name
            where name not in (%s)
            """.formatted(OURS, HARMLESS);

    private static final String WITHOUT_COMMENT = """
            with ours as (%s)
            select cast(relname as text) from ours where obj_description(oid, 'pg_class') is null
            """.formatted(OURS);

    @Inject
    Session database;

    @Test
    void noTableOrColumnHasTheNameOfAnSqlKeyword() {
        assertThat(names(KEYWORDS)).isEmpty();
    }

    @Test
    void everyTableHasAComment() {
        assertThat(names(WITHOUT_COMMENT)).isEmpty();
    }

    private List<String> names(String sql) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(sql, String.class).getResultList());
    }
}
