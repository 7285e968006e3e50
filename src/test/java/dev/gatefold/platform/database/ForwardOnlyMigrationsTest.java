package dev.gatefold.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Migrations after the baseline must work with the previous release, which still runs during a rollout: they add, and a
 * later release removes. A migration that removes something has the comment {@code -- contract: <reason>}.
 */
class ForwardOnlyMigrationsTest {
    private static final Path FOLDER = Path.of("src/main/resources/db/migration");
    private static final int BASELINE = 12;
    private static final Pattern VERSION = Pattern.compile("V(\\d+)__[a-z0-9_]+\\.sql");
    private static final Pattern MARKER = Pattern.compile("(?m)^-- contract: \\S+");
    private static final Pattern COMMENT = Pattern.compile("--.*|/\\*(?s:.*?)\\*/");
    private static final Pattern BREAKING = Pattern.compile("(?i)\\bdrop\\s+(table|column|view|sequence|schema|type)\\b"
            + "|\\brename\\s+(to|column|constraint)\\b|\\brename\\s+\\w+\\s+to\\b"
            + "|\\bset\\s+not\\s+null\\b|\\balter\\s+(column\\s+)?\\w+\\s+(set\\s+data\\s+)?type\\b"
            + "|\\balter\\s+table\\s+(if\\s+exists\\s+)?\\w+\\s+drop\\s+(?!constraint\\b|default\\b)\\w+");

    @Test
    void migrationsAfterTheBaselineRemoveNothingWithoutAMarker() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> all = files.toList();
            assertThat(all).hasSizeGreaterThanOrEqualTo(BASELINE);
            assertThat(all).allSatisfy(file -> assertThat(version(file)).isPositive());
            assertThat(all.stream().filter(file -> version(file) > BASELINE))
                    .allSatisfy(file ->
                            assertThat(isAllowed(Files.readString(file))).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table plan;",
                "alter table plan drop column name;",
                "alter table plan drop name;",
                "alter table plan rename column name to title;",
                "alter table plan rename name to title;",
                "alter table plan rename to product;",
                "ALTER TABLE plan ALTER COLUMN name TYPE varchar(10);",
                "alter table plan alter name set not null;"
            })
    void aBreakingStatementNeedsTheMarker(String sql) {
        assertThat(isAllowed(sql)).isFalse();
        assertThat(isAllowed("-- contract: no release reads it since 1.4\n" + sql))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table plan add column title text;",
                "alter table plan drop constraint plan_slug_check;",
                "alter table plan alter name drop not null;",
                "create index plan_by_name on plan (name); -- drop table plan",
                "drop index plan_by_name;"
            })
    void anAddingStatementNeedsNoMarker(String sql) {
        assertThat(isAllowed(sql)).isTrue();
    }

    private static boolean isAllowed(String sql) {
        return MARKER.matcher(sql).find()
                || !BREAKING.matcher(COMMENT.matcher(sql).replaceAll("")).find();
    }

    private static int version(Path file) {
        Matcher name = VERSION.matcher(file.getFileName().toString());
        return name.matches() ? Integer.parseInt(name.group(1)) : 0;
    }
}
