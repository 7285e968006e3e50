package dev.gatefold.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.sandbox.control.MovableClock;
import dev.gatefold.sandbox.database.LocalPostgres;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.sandbox.issuer.SandboxTokenSigner;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import dev.gatefold.testing.PackagedService;
import dev.gatefold.testing.TestSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A release migrates the schema first, and the service waits for the migration. */
class SchemaMigrationIT {
    private static final String TABLES = "select count(*) from pg_tables where schemaname = 'public'";
    private static final String NEWEST = "(select max(installed_rank) from flyway_schema_history)";

    private static final String UNSUPPORTED = """
            update flyway_schema_history set description = 'catalogue', script = 'V1__catalogue.sql', checksum = 1
            where version = '1'
            """;

    private LocalPostgres postgres;
    private Connection database;

    @BeforeEach
    void createDatabase() throws SQLException {
        postgres = LocalPostgres.ephemeral();
        database = DriverManager.getConnection(postgres.settings().get("quarkus.datasource.jdbc.url"));
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
        postgres.close();
    }

    @Nested
    class MigrationCommand {
        @Test
        void migrationNeedsOnlyDatabaseSettings() throws Exception {
            try (PackagedService first = PackagedService.startMigration(database());
                    PackagedService again = PackagedService.startMigration(databaseAfterFirstMigration(first))) {
                assertThat(first.exitCode()).isZero();
                assertThat(again.exitCode()).isZero();
                assertThat(again.log()).contains("after 0 migrations");
                assertThat(number(TABLES)).isGreaterThan(1);
            }
        }

        @Test
        void migrationFailsWithoutReachableDatabase() throws Exception {
            Map<String, String> nowhere = database();
            nowhere.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/gatefold");
            try (PackagedService unnamed = PackagedService.startMigration(Map.of());
                    PackagedService unreachable = PackagedService.startMigration(nowhere)) {
                assertThat(unnamed.exitCode()).isEqualTo(78);
                assertThat(unnamed.log())
                        .contains("QUARKUS_DATASOURCE_JDBC_URL is missing")
                        .doesNotContain("OIDC");
                assertThat(unreachable.exitCode()).isEqualTo(1);
                assertThat(unreachable.log()).contains("Migration failed: ").doesNotContain("\tat ");
            }
        }

        @Test
        void migrationDoesNotBlockOnLockedTable() throws Exception {
            TestSchema.migrate(postgres);
            database.setAutoCommit(false);
            execute("lock table flyway_schema_history in access exclusive mode");

            try (PackagedService migration = PackagedService.startMigration(database())) {
                assertThat(migration.exitCode()).isEqualTo(1);
                assertThat(migration.log()).contains("lock timeout");
            }
        }

        @Test
        void ofAnUnsupportedVersionIsReportedInOneLine() throws Exception {
            PackagedService.migrate(database());
            execute(UNSUPPORTED);

            try (PackagedService migration = PackagedService.startMigration(database())) {
                assertThat(migration.exitCode()).isEqualTo(1);
                assertThat(migration.log())
                        .contains("Migration failed: the schema was created by a version", "empty database")
                        .doesNotContain("checksum", "\tat ");
            }
        }

        private Map<String, String> databaseAfterFirstMigration(PackagedService first) throws InterruptedException {
            first.exitCode();
            return database();
        }
    }

    @Nested
    class StartupBeforeMigration {
        private SandboxIssuer issuer;
        private StripeSandbox stripe;

        @BeforeEach
        void setUp() {
            issuer = SandboxIssuer.startOnFreePort(SandboxTokenSigner.withNewKey());
            stripe = StripeSandbox.startOnFreePort(new MovableClock());
        }

        @AfterEach
        void tearDown() {
            stripe.close();
            issuer.close();
        }

        @Test
        void serviceWaitsForSchemaBeforeReadiness() throws Exception {
            try (PackagedService service = PackagedService.start(environment("PT60S"))) {
                await().atMost(Duration.ofSeconds(30)).until(() -> service.log().contains("Start delayed"));
                assertThat(service.log()).contains("the schema lacks version").doesNotContain("Listening on");

                TestSchema.migrate(postgres);

                assertThat(service.getManagement("/q/health/ready").statusCode())
                        .isEqualTo(200);
                assertThat(service.get("/v1/sources/toms-guide").statusCode()).isEqualTo(200);
            }
        }

        @Test
        void serviceDoesNotMigrateSchema() throws Exception {
            try (PackagedService service = PackagedService.start(environment("PT0S"))) {
                assertThat(service.exitCode()).isEqualTo(1);
                assertThat(service.log())
                        .contains("Gatefold cannot start: the schema lacks version", "migrate")
                        .doesNotContain("Listening on");
                assertThat(number(TABLES)).isZero();
            }
        }

        @Test
        void serviceRefusesOlderSchema() throws Exception {
            TestSchema.migrate(postgres);
            execute("delete from flyway_schema_history where installed_rank = " + NEWEST);

            try (PackagedService service = PackagedService.start(environment("PT0S"))) {
                assertThat(service.exitCode()).isEqualTo(1);
                assertThat(service.log()).contains("Gatefold cannot start: the schema lacks version");
            }
        }

        @Test
        void startupFailsOnSchemaOfUnsupportedVersion() throws Exception {
            PackagedService.migrate(database());
            execute(UNSUPPORTED);

            try (PackagedService service = PackagedService.start(environment("PT60S"))) {
                assertThat(service.exitCode()).isEqualTo(1);
                assertThat(service.log()).contains("Gatefold cannot start: the schema was created by a version");
            }
        }

        @Test
        void serviceStartsOnNewerSchema() throws Exception {
            TestSchema.migrate(postgres);
            execute("""
                    insert into flyway_schema_history
                    select installed_rank + 1, '9999', 'to come', type, 'V9999__to_come.sql', 1, installed_by, now(), 1, true
                    from flyway_schema_history where installed_rank = %s
                    """.formatted(NEWEST));

            try (PackagedService service = PackagedService.start(environment("PT0S"))) {
                assertThat(service.getManagement("/q/health/ready").statusCode())
                        .isEqualTo(200);
            }
        }

        @Test
        void serviceStopsWhileWaitingForSchema() throws Exception {
            PackagedService service = PackagedService.start(environment("PT60S"));
            await().atMost(Duration.ofSeconds(30)).until(() -> service.log().contains("Start delayed"));

            long told = System.nanoTime();
            service.close();

            assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(10));
        }

        private Map<String, String> environment(String patience) {
            Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres, issuer, stripe));
            environment.put("GATEFOLD_SCHEMA_WAIT_TIMEOUT", patience);
            return environment;
        }
    }

    private Map<String, String> database() {
        Map<String, String> settings = postgres.settings();
        return new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", settings.get("quarkus.datasource.jdbc.url"),
                "QUARKUS_DATASOURCE_USERNAME", settings.get("quarkus.datasource.username"),
                "QUARKUS_DATASOURCE_PASSWORD", settings.get("quarkus.datasource.password")));
    }

    private long number(String sql) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
