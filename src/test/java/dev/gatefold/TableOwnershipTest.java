package dev.gatefold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A module writes only the tables that its own migration creates, and reads those of another module only where it is
 * declared here. Checks the SQL in string literals and the tables of entities.
 */
class TableOwnershipTest {
    private static final Path MAIN = Path.of("src/main/java/dev/gatefold");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    /** Migrations that are not named after their module. */
    private static final Map<String, String> MODULE_OF_MIGRATION = Map.of(
            "decision_log", "decisionlog",
            "subscription_mirror", "subscriptions",
            "reader_billing", "entitlements",
            "entitlements_trial_cards", "entitlements",
            "payment_refunds", "billing",
            "provider_prices", "catalog",
            "second_customers_and_superseded_checkouts", "billing",
            "staff_grants", "admin",
            "cache_invalidation", "platform");

    /** Reads across modules, each of which saves a round trip to the database. */
    private static final Set<String> FOREIGN_READS = Set.of("access reads account", "passes reads account");

    private static final Pattern FILE_NAME = Pattern.compile("V\\d+__(\\w+)\\.sql");
    private static final Pattern CREATE = Pattern.compile("(?m)^create (?:table|view|sequence) (\\w+)");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    private static final Pattern LITERAL = Pattern.compile("\"\"\"((?s:.*?))\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern WRITE =
            Pattern.compile("(?i)\\b(?:insert\\s+into|update|delete\\s+from|merge\\s+into|truncate)\\s+(\\w+)");
    private static final Pattern READ = Pattern.compile("(?i)\\b(?:from|join|using)\\s+(\\w+)");
    private static final Pattern ENTITY_TABLE = Pattern.compile("@Table\\(name = \"(\\w+)\"");

    private static final Map<String, String> OWNERS = owners();

    @Test
    void modulesWriteOnlyTheirOwnTables() {
        assertThat(statements(WRITE, "writes")).isEmpty();
    }

    @Test
    void foreignTablesAreReadOnlyWhereDeclared() {
        Set<String> reads = statements(READ, "reads");

        assertThat(reads).isEqualTo(FOREIGN_READS);
    }

    @Test
    void entitiesBelongToTheModuleOfTheirTable() {
        assertThat(javaFiles().flatMap(file -> violations(file, read(file), ENTITY_TABLE, "maps")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "update account set version = 1"                    | account
        "insert into meter (reader_id) values (?)"          | meter
        \"""\\n  delete from\\n  plan where slug = 'a'\\n\""" | plan
        """)
    void writesAreFoundInLiterals(String source, String table) {
        String literals = literals(source.replace("\\n", "\n"));

        assertThat(WRITE.matcher(literals).results().map(it -> it.group(1))).containsExactly(table);
    }

    private static Set<String> statements(Pattern statement, String verb) {
        return javaFiles()
                .flatMap(file -> violations(file, literals(read(file)), statement, verb))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> violations(Path file, String text, Pattern statement, String verb) {
        String module = module(file);
        return statement
                .matcher(text)
                .results()
                .map(it -> it.group(1))
                .filter(table -> OWNERS.containsKey(table) && !OWNERS.get(table).equals(module))
                .map(table -> "%s %s %s".formatted(module, verb, table));
    }

    private static Stream<Path> javaFiles() {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !module(file).equals("sandbox"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String module(Path file) {
        return MAIN.relativize(file).getName(0).toString();
    }

    private static String literals(String source) {
        return LITERAL.matcher(COMMENT.matcher(source).replaceAll(""))
                .results()
                .map(TableOwnershipTest::content)
                .collect(Collectors.joining(" "));
    }

    private static String content(MatchResult literal) {
        return literal.group(1) == null ? literal.group(2) : literal.group(1);
    }

    private static Map<String, String> owners() {
        Map<String, String> owners = new HashMap<>();
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            files.forEach(file -> {
                var name = FILE_NAME.matcher(file.getFileName().toString());
                assertThat(name.matches()).as(file.toString()).isTrue();
                String module = MODULE_OF_MIGRATION.getOrDefault(name.group(1), name.group(1));
                CREATE.matcher(read(file)).results().forEach(it -> owners.put(it.group(1), module));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return owners;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
