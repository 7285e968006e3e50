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
 * What an answer costs: the packaged service and the load share the machine, what is compared is measured in turns, and
 * what is printed is the median of the turns.
 */
class AccessBench {
    private static final String ARTICLE = "https://www.tomsguide.com/ai/zuckerberg-reveals-metas-ai-superintelligence";
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration TURN = Duration.ofSeconds(4);
    private static final int TURNS = 7;
    private static final double LEAST_RATIO = 0.3;
    private static final double MOST_FOR_A_PAGE = 4;

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
            becomeMember(postgres, issuer);
            String token = "Authorization: Bearer "
                    + issuer.accessToken(new SandboxUser("ann", "Ann", "ann@example.com", null, List.of()));
            String article = "/v1/access?url=" + URLEncoder.encode(ARTICLE, StandardCharsets.UTF_8);
            WrkScenario bare = new WrkScenario("bare", "/bench/baseline", List.of(), null);
            WrkScenario member = new WrkScenario("member", article, List.of(token), null);
            WrkScenario visitor = new WrkScenario("visitor denied", article, List.of(), null);
            WrkScenario page = new WrkScenario("member's page of 50", "/v1/access", List.of(token), pageOf(50));
            check(service, member);

            Map<WrkScenario, List<WrkResult>> measured = measureInTurns(wrk, List.of(bare, member, visitor, page));

            double ratio = report(measured, bare).get(member);
            assertThat(ratio).as("a member's answers for each bare one").isGreaterThanOrEqualTo(LEAST_RATIO);
            double cost = median(measured.get(page), WrkResult::cpu) / median(measured.get(member), WrkResult::cpu);
            System.out.printf("A page of 50 costs %.2f times one answer%n%n", cost);
            assertThat(cost)
                    .as("what a page of 50 costs for each single answer")
                    .isLessThanOrEqualTo(MOST_FOR_A_PAGE);
        }
    }

    /** With budgets that one reader at full speed does not come near to; they are counted all the same. */
    private static Map<String, String> environment(LocalPostgres postgres, SandboxIssuer issuer, StripeSandbox stripe) {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres, issuer, stripe));
        environment.put("GATEFOLD_LIMITS_READER", "1000000000");
        environment.put("GATEFOLD_LIMITS_VISITOR", "1000000000");
        return environment;
    }

    private static void becomeMember(LocalPostgres postgres, SandboxIssuer issuer) throws Exception {
        Map<String, String> database = postgres.settings();
        try (var connection = DriverManager.getConnection(database.get("quarkus.datasource.jdbc.url"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(MEMBER.formatted(issuer.url()));
        }
    }

    private static String pageOf(int articles) {
        String body = IntStream.range(0, articles)
                .mapToObj(i -> "{\"url\":\"" + ARTICLE + "-" + i + "\"}")
                .collect(Collectors.joining(",", "{\"articles\":[", "]}"));
        return """
                wrk.method = "POST"
                wrk.headers["Content-Type"] = "application/json"
                wrk.body = [[%s]]
                """.formatted(body);
    }

    /** That what is compared is worth comparing. */
    private static void check(PackagedService service, WrkScenario member) throws Exception {
        String[] header = member.headers().getFirst().split(": ");
        String answer = service.get(member.path(), header).body();
        int bare = service.get("/bench/baseline").body().length();

        assertThat(answer).contains("\"reason\":\"MEMBER\"");
        assertThat(bare).isBetween(answer.length() - 5, answer.length() + 5);
    }

    private static Map<WrkScenario, List<WrkResult>> measureInTurns(WrkLoadGenerator wrk, List<WrkScenario> loads)
            throws Exception {
        Map<WrkScenario, List<WrkResult>> measured = new LinkedHashMap<>();
        for (WrkScenario load : loads) {
            System.out.println("Warming up: " + load.name());
            wrk.run(load, WARM_UP);
            measured.put(load, new ArrayList<>());
        }
        for (int turn = 1; turn <= TURNS; turn++) {
            System.out.println("Turn " + turn + " of " + TURNS);
            for (WrkScenario load : loads) {
                measured.get(load).add(wrk.run(load, TURN));
            }
        }
        return measured;
    }

    /** Prints a line for each load; answers its throughput for each request of the bare one's. */
    private static Map<WrkScenario, Double> report(Map<WrkScenario, List<WrkResult>> measured, WrkScenario bare) {
        Map<WrkScenario, Double> ratios = new LinkedHashMap<>();
        double most = median(measured.get(bare), WrkResult::perSecond);
        System.out.printf(
                "%n%-22s %10s %8s %10s %10s %14s%n", "", "requests/s", "ratio", "p50 ms", "p99 ms", "CPU us/request");
        measured.forEach((load, turns) -> {
            double perSecond = median(turns, WrkResult::perSecond);
            ratios.put(load, perSecond / most);
            System.out.printf(
                    "%-22s %10.0f %8.2f %10.2f %10.2f %14.1f%n",
                    load.name(),
                    perSecond,
                    perSecond / most,
                    median(turns, WrkResult::p50),
                    median(turns, WrkResult::p99),
                    median(turns, WrkResult::cpu));
        });
        System.out.println();
        return ratios;
    }

    private static double median(List<WrkResult> turns, ToDoubleFunction<WrkResult> figure) {
        return turns.stream().mapToDouble(figure).sorted().toArray()[turns.size() / 2];
    }
}
