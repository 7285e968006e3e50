package dev.gatefold.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.bench.WrkLoadGenerator.WrkResult;
import dev.gatefold.bench.WrkLoadGenerator.WrkScenario;
import dev.gatefold.sandbox.control.MovableClock;
import dev.gatefold.sandbox.database.LocalPostgres;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.sandbox.issuer.SandboxTokenSigner;
import dev.gatefold.sandbox.issuer.SandboxUser;
import dev.gatefold.sandbox.stripe.StripeSandbox;
import dev.gatefold.testing.PackagedService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Measures how latency and storage grow with the number of accounts: for a reader's first access query, which reads from
 * the database, and for a metered read, which writes to it. The databases are durable. Set other sizes with {@code
 * -Dbench.accounts=100000,10000000}.
 */
class AccountScaleBench {
    private static final List<Long> SIZES = Arrays.stream(
                    System.getProperty("bench.accounts", "100000,1000000").split(","))
            .map(Long::valueOf)
            .toList();
    private static final Duration WARM_UP = Duration.ofSeconds(25);
    private static final Duration MEASUREMENT = Duration.ofSeconds(10);

    /** Allowed latency relative to the smallest size. A B-tree with a hundred times the rows is one level deeper. */
    private static final double MAX_LATENCY_RATIO = 3;

    /** Every second account has a membership. The others read on their meters. */
    private static final String FILL = """
        set session_replication_role = replica;
        insert into account (id, issuer, subject, email, name, version, created_at)
        select md5(i::text)::uuid, '%1$s', 'reader-' || i, 'reader-' || i || '@example.com', 'Reader ' || i, 1, now()
        from generate_series(1, %2$d) i;
        insert into entitlement (id, account_id, basis, origin, plan, valid_from, valid_until, updated_at)
        select md5('e' || i)::uuid, md5(i::text)::uuid, 'MEMBER', 'subscription:sub_' || i, 'membership', now(),
               now() + interval '30 days', now()
        from generate_series(2, %2$d, 2) i;
        insert into trial_redemption (person_hash) select sha256(i::text::bytea) from generate_series(1, %2$d) i;
        set session_replication_role = origin;
        vacuum analyze;
        checkpoint;
        """;

    private record AccountScaleResult(double bytesPerAccount, WrkResult query, WrkResult read, double bytesPerRead) {}

    @Test
    void measureFirstQueryAndReadByAccountCount() throws Exception {
        Map<Long, AccountScaleResult> results = new LinkedHashMap<>();
        for (long accounts : SIZES) {
            results.put(accounts, measure(accounts));
        }

        System.out.printf(
                "%n%12s %14s | %12s %8s %8s | %8s %8s %8s %12s%n",
                "accounts",
                "bytes/account",
                "queries/s",
                "p50 ms",
                "p99 ms",
                "reads/s",
                "p50 ms",
                "p99 ms",
                "bytes/read");
        results.forEach((accounts, it) -> System.out.printf(
                "%12d %14.0f | %12.0f %8.2f %8.2f | %8.0f %8.2f %8.2f %12.0f%n",
                accounts,
                it.bytesPerAccount,
                it.query.perSecond(),
                it.query.p50(),
                it.query.p99(),
                it.read.perSecond(),
                it.read.p50(),
                it.read.p99(),
                it.bytesPerRead));
        double smallest = results.get(SIZES.getFirst()).query.p50();
        assertThat(results.get(SIZES.getLast()).query.p50()).isLessThanOrEqualTo(MAX_LATENCY_RATIO * smallest);
    }

    private static AccountScaleResult measure(long accounts) throws Exception {
        Path data = Files.createTempDirectory("scale-bench");
        try (LocalPostgres postgres = LocalPostgres.durable(data);
                SandboxIssuer issuer = SandboxIssuer.startOnFreePort(SandboxTokenSigner.withNewKey());
                StripeSandbox stripe = StripeSandbox.startOnFreePort(new MovableClock());
                Connection database =
                        DriverManager.getConnection(postgres.settings().get("quarkus.datasource.jdbc.url"))) {
            Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres, issuer, stripe));
            environment.put("GATEFOLD_LIMITS_SERVICE", "1000000000");
            PackagedService.migrate(environment);
            System.out.printf("Creating %d accounts%n", accounts);
            for (String statement : FILL.formatted(issuer.url(), accounts).split(";")) {
                execute(database, statement);
            }
            double perAccount = size(database, "account", "entitlement", "trial_redemption") / (double) accounts;
            try (PackagedService service = PackagedService.start(environment)) {
                WrkLoadGenerator wrk = new WrkLoadGenerator(service.url(), service.pid());
                String token = issuer.accessToken(SandboxUser.of("reader app", "service"));
                WrkScenario query = scenario("first query", "/v1/access", token, issuer, accounts, """
                    "articles":[{"url":"https://www.tomsguide.com/ai/a-story"}]\
                    """);
                WrkScenario read = scenario("metered read", "/v1/reads", token, issuer, accounts, """
                    "url":"https://fortune.com/2026/11/23/a-story\"\
                    """);
                wrk.run(query, WARM_UP);
                WrkResult queryResult = wrk.run(query, MEASUREMENT);
                wrk.run(read, WARM_UP);
                WrkResult readResult = wrk.run(read, MEASUREMENT);
                double perRead = size(database, "article_read", "meter") / (double) count(database, "article_read");
                return new AccountScaleResult(perAccount, queryResult, readResult, perRead);
            }
        } finally {
            try (var files = Files.walk(data)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> assertThat(file.toFile().delete()).isTrue());
            }
        }
    }

    /** Returns requests of a service for a different reader each, spread over the tables so that few pages are cached. */
    private static WrkScenario scenario(
            String name, String path, String token, SandboxIssuer issuer, long accounts, String articles) {
        return new WrkScenario(
                name, path, List.of("Authorization: Bearer " + token), """
                    math.randomseed(os.time())
                    local sequence = os.time() %% 1000 * 40000
                    wrk.method = "POST"
                    wrk.headers["Content-Type"] = "application/json"
                    local head = [[{"subject":{"issuer":"%s","subject":"reader-]]
                    local tail = [["},%s}]]
                    request = function()
                      sequence = sequence + 1
                      wrk.headers["Idempotency-Key"] = string.format("%%x-%%x", math.random(1, 2^31), math.random(1, 2^31))
                      return wrk.format(nil, nil, nil, head .. sequence * 7919 %% %d + 1 .. tail)
                    end
                    """.formatted(issuer.url(), articles, accounts));
    }

    private static void execute(Connection database, String sql) throws SQLException {
        if (sql.isBlank()) {
            return;
        }
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the size of tables and their indexes, in bytes. */
    private static long size(Connection database, String... tables) throws SQLException {
        long size = 0;
        for (String table : tables) {
            size += queryNumber(database, "select pg_total_relation_size('" + table + "')");
        }
        return size;
    }

    private static long count(Connection database, String table) throws SQLException {
        return queryNumber(database, "select count(*) from " + table);
    }

    private static long queryNumber(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
