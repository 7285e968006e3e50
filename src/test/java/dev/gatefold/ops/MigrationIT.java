package dev.gatefold.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.Packaged;
import dev.gatefold.sandbox.Issuer;
import dev.gatefold.sandbox.LocalPostgres;
import dev.gatefold.sandbox.MovableClock;
import dev.gatefold.sandbox.Signer;
import dev.gatefold.sandbox.stripe.StripeSandbox;
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

/** A release takes two steps: the schema, then the service; and the second does not go before the first. */
class MigrationIT {
    private static final String TABLES = "select count(*) from pg_tables where schemaname = 'public'";
    private static final String NEWEST = "(select max(installed_rank) from flyway_schema_history)";

    private LocalPostgres postgres;
    private Connection database;

    @BeforeEach
    void around() throws SQLException {
        postgres = LocalPostgres.ephemeral();
        database = DriverManager.getConnection(postgres.settings().get("quarkus.datasource.jdbc.url"));
    }

    @AfterEach
    void away() throws SQLException {
        database.close();
        postgres.close();
    }

    @Nested
    class TheSchema {
        @Test
        void isMadeKnowingNothingButTheDatabase() throws Exception {
            try (Packaged first = Packaged.migration(database());
                    Packaged again = Packaged.migration(afterThe(first))) {
                assertThat(first.exitCode()).isZero();
                assertThat(again.exitCode()).isZero();
                assertThat(again.log()).contains("after 0 migrations");
                assertThat(number(TABLES)).isGreaterThan(1);
            }
        }

        @Test
        void isNotMadeWhereTheDatabaseIsNotNamedOrNotThere() throws Exception {
            Map<String, String> nowhere = database();
            nowhere.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/gatefold");
            try (Packaged unnamed = Packaged.migration(Map.of());
                    Packaged unreachable = Packaged.migration(nowhere)) {
                assertThat(unnamed.exitCode()).isEqualTo(78);
                assertThat(unnamed.log())
                        .contains("QUARKUS_DATASOURCE_JDBC_URL is missing")
                        .doesNotContain("OIDC");
                assertThat(unreachable.exitCode()).isEqualTo(1);
                assertThat(unreachable.log())
                        .contains("Gatefold does not migrate: ")
                        .doesNotContain("\tat ");
            }
        }

        @Test
        void keepsNobodyWaitingForATableThatIsInUse() throws Exception {
            Packaged.migrate(database());
            database.setAutoCommit(false);
            execute("lock table flyway_schema_history in access exclusive mode");

            try (Packaged migration = Packaged.migration(database())) {
                assertThat(migration.exitCode()).isEqualTo(1);
                assertThat(migration.log()).contains("lock timeout");
            }
        }

        private Map<String, String> afterThe(Packaged first) throws InterruptedException {
            first.exitCode();
            return database();
        }
    }

    @Nested
    class TheService {
        private Issuer issuer;
        private StripeSandbox stripe;

        @BeforeEach
        void around() {
            issuer = Issuer.startAnywhere(Signer.fresh());
            stripe = StripeSandbox.startAnywhere(new MovableClock());
        }

        @AfterEach
        void away() {
            stripe.close();
            issuer.close();
        }

        @Test
        void waitsForTheSchemaAndThenIsReady() throws Exception {
            try (Packaged service = Packaged.start(environment("PT60S"))) {
                await().atMost(Duration.ofSeconds(30)).until(() -> service.log().contains("Waiting to start"));
                assertThat(service.log()).contains("the schema lacks version").doesNotContain("Listening on");

                Packaged.migrate(database());

                assertThat(service.getManagement("/q/health/ready").statusCode())
                        .isEqualTo(200);
                assertThat(service.get("/v1/sources/toms-guide").statusCode()).isEqualTo(200);
            }
        }

        @Test
        void doesNotMigrateByItself() throws Exception {
            try (Packaged service = Packaged.start(environment("PT0S"))) {
                assertThat(service.exitCode()).isEqualTo(1);
                assertThat(service.log())
                        .contains("Gatefold does not start: the schema lacks version", "migrate")
                        .doesNotContain("Listening on");
                assertThat(number(TABLES)).isZero();
            }
        }

        @Test
        void doesNotStartOnTheSchemaOfTheReleaseBefore() throws Exception {
            Packaged.migrate(database());
            execute("delete from flyway_schema_history where installed_rank = " + NEWEST);

            try (Packaged service = Packaged.start(environment("PT0S"))) {
                assertThat(service.exitCode()).isEqualTo(1);
                assertThat(service.log()).contains("Gatefold does not start: the schema lacks version");
            }
        }

        @Test
        void startsOnTheSchemaOfTheReleaseAfter() throws Exception {
            Packaged.migrate(database());
            execute("""
                    insert into flyway_schema_history
                    select installed_rank + 1, '9999', 'to come', type, 'V9999__to_come.sql', 1, installed_by, now(), 1, true
                    from flyway_schema_history where installed_rank = %s
                    """.formatted(NEWEST));

            try (Packaged service = Packaged.start(environment("PT0S"))) {
                assertThat(service.getManagement("/q/health/ready").statusCode())
                        .isEqualTo(200);
            }
        }

        @Test
        void endsWhenItIsToldToWhileItWaits() throws Exception {
            Packaged service = Packaged.start(environment("PT60S"));
            await().atMost(Duration.ofSeconds(30)).until(() -> service.log().contains("Waiting to start"));

            long told = System.nanoTime();
            service.close();

            assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(10));
        }

        private Map<String, String> environment(String patience) {
            Map<String, String> environment = new HashMap<>(Packaged.environment(postgres, issuer, stripe));
            environment.put("GATEFOLD_OPS_SCHEMA_PATIENCE", patience);
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
