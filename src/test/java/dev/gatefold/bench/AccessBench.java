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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Measures the cost of access decisions relative to a baseline endpoint. The packaged service and the load generator share
 * the machine. The scenarios run in rounds, one after the other, and the report has the medians of the rounds.
 */
class AccessBench {
    private static final String ARTICLE = "https://www.tomsguide.com/ai/zuckerberg-reveals-metas-ai-superintelligence";
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration ROUND = Duration.ofSeconds(4);
    private static final int ROUNDS = 7;
    private static final double MIN_THROUGHPUT_RATIO = 0.3;
    private static final double MAX_BATCH_COST = 4;

    private static final String MEMBER = """
        with reader as (
          insert into account (id, issuer, subject, version, created_at)
          values (gen_random_uuid(), '%s', 'ann', 1, now()) returning id)
        insert into entitlement (id, account_id, basis, origin, plan, valid_from, valid_until)
        select gen_random_uuid(), id, 'MEMBER', 'bench', 'membership', now(), now() + interval '30 days' from reader
        """;

    @Test
    void measureMemberDecisionAgainstBaseline() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.ephemeral();
                SandboxIssuer issuer = SandboxIssuer.startOnFreePort(SandboxTokenSigner.withNewKey());
                StripeSandbox stripe = StripeSandbox.startOnFreePort(new MovableClock());
                PackagedService service = PackagedService.startWithMigration(environment(postgres, issuer, stripe))) {
            WrkLoadGenerator wrk = new WrkLoadGenerator(service.url(), service.pid());
            insertMember(postgres, issuer);
            String token = "Authorization: Bearer "
                    + issuer.accessToken(new SandboxUser("ann", "Ann", null, "ann@example.com", null, List.of()));
            String article = "/v1/access?url=" + URLEncoder.encode(ARTICLE, StandardCharsets.UTF_8);
            WrkScenario baseline = new WrkScenario("baseline", "/bench/baseline", List.of(), null);
            WrkScenario member = new WrkScenario("member", article, List.of(token), null);
            WrkScenario visitor = new WrkScenario("visitor denied", article, List.of(), null);
            WrkScenario batch = new WrkScenario("member, batch of 50", "/v1/access", List.of(token), batchOf(50));
            check(service, member);

            Map<WrkScenario, List<WrkResult>> measured =
                    measureInRounds(wrk, List.of(baseline, member, visitor, batch));

            double ratio = report(measured, baseline).get(member);
            assertThat(ratio)
                    .as("throughput of member decisions relative to the baseline")
                    .isGreaterThanOrEqualTo(MIN_THROUGHPUT_RATIO);
            double cost = median(measured.get(batch), WrkResult::cpu) / median(measured.get(member), WrkResult::cpu);
            System.out.printf("A batch of 50 costs %.2f times one decision%n%n", cost);
            assertThat(cost)
                    .as("CPU cost of a batch of 50 relative to one decision")
                    .isLessThanOrEqualTo(MAX_BATCH_COST);
        }
    }

    /** Sets rate limits that the load cannot reach. The service still counts requests against them. */
    private static Map<String, String> environment(LocalPostgres postgres, SandboxIssuer issuer, StripeSandbox stripe) {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres, issuer, stripe));
        environment.put("GATEFOLD_LIMITS_READER", "1000000000");
        environment.put("GATEFOLD_LIMITS_VISITOR", "1000000000");
        return environment;
    }

    private static void insertMember(LocalPostgres postgres, SandboxIssuer issuer) throws Exception {
        Map<String, String> database = postgres.settings();
        try (var connection = DriverManager.getConnection(database.get("quarkus.datasource.jdbc.url"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(MEMBER.formatted(issuer.url()));
        }
    }

    private static String batchOf(int articles) {
        String body = IntStream.range(0, articles)
                .mapToObj(i -> "{\"url\":\"" + ARTICLE + "-" + i + "\"}")
                .collect(Collectors.joining(",", "{\"articles\":[", "]}"));
        return """
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            wrk.body = [[%s]]
            """.formatted(body);
    }

    /** Checks that both endpoints succeed with responses of about the same size. */
    private static void check(PackagedService service, WrkScenario member) throws Exception {
        String[] header = member.headers().getFirst().split(": ");
        String decision = service.get(member.path(), header).body();
        int baselineLength = service.get("/bench/baseline").body().length();

        assertThat(decision).contains("\"reason\":\"MEMBER\"");
        assertThat(baselineLength).isBetween(decision.length() - 5, decision.length() + 5);
    }

    private static Map<WrkScenario, List<WrkResult>> measureInRounds(WrkLoadGenerator wrk, List<WrkScenario> scenarios)
            throws Exception {
        Map<WrkScenario, List<WrkResult>> measured = new LinkedHashMap<>();
        for (WrkScenario scenario : scenarios) {
            System.out.println("Warming up: " + scenario.name());
            wrk.run(scenario, WARM_UP);
            measured.put(scenario, new ArrayList<>());
        }
        for (int round = 1; round <= ROUNDS; round++) {
            System.out.println("Round " + round + " of " + ROUNDS);
            for (WrkScenario scenario : scenarios) {
                measured.get(scenario).add(wrk.run(scenario, ROUND));
            }
        }
        return measured;
    }

    /** Prints a line for each scenario, and returns its throughput relative to the baseline. */
    private static Map<WrkScenario, Double> report(Map<WrkScenario, List<WrkResult>> measured, WrkScenario baseline) {
        Map<WrkScenario, Double> ratios = new LinkedHashMap<>();
        double baselinePerSecond = median(measured.get(baseline), WrkResult::perSecond);
        System.out.printf(
                "%n%-22s %10s %8s %10s %10s %14s%n", "", "requests/s", "ratio", "p50 ms", "p99 ms", "CPU us/request");
        measured.forEach((scenario, rounds) -> {
            double perSecond = median(rounds, WrkResult::perSecond);
            ratios.put(scenario, perSecond / baselinePerSecond);
            System.out.printf(
                    "%-22s %10.0f %8.2f %10.2f %10.2f %14.1f%n",
                    scenario.name(),
                    perSecond,
                    perSecond / baselinePerSecond,
                    median(rounds, WrkResult::p50),
                    median(rounds, WrkResult::p99),
                    median(rounds, WrkResult::cpu));
        });
        System.out.println();
        return ratios;
    }

    private static double median(List<WrkResult> rounds, ToDoubleFunction<WrkResult> figure) {
        return rounds.stream().mapToDouble(figure).sorted().toArray()[rounds.size() / 2];
    }
}
