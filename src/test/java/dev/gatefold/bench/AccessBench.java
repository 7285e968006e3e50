package dev.gatefold.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.Packaged;
import dev.gatefold.bench.Wrk.Load;
import dev.gatefold.bench.Wrk.Measured;
import dev.gatefold.sandbox.Issuer;
import dev.gatefold.sandbox.LocalPostgres;
import dev.gatefold.sandbox.MovableClock;
import dev.gatefold.sandbox.Signer;
import dev.gatefold.sandbox.stripe.StripeSandbox;
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
    void aMembersAnswerBesideOneThatIsBare() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.ephemeral();
                Issuer issuer = Issuer.startAnywhere(Signer.fresh());
                StripeSandbox stripe = StripeSandbox.startAnywhere(new MovableClock());
                Packaged service = Packaged.startAnew(environment(postgres, issuer, stripe))) {
            Wrk wrk = new Wrk(service.url(), service.pid());
            becomeMember(postgres, issuer);
            String token = "Authorization: Bearer "
                    + issuer.accessToken(new Issuer.Person("ann", "Ann", "ann@example.com", List.of()));
            String article = "/v1/access?url=" + URLEncoder.encode(ARTICLE, StandardCharsets.UTF_8);
            Load bare = new Load("bare", "/bench/bare", List.of(), null);
            Load member = new Load("member", article, List.of(token), null);
            Load visitor = new Load("visitor denied", article, List.of(), null);
            Load page = new Load("member's page of 50", "/v1/access", List.of(token), pageOf(50));
            check(service, member);

            Map<Load, List<Measured>> measured = inTurns(wrk, List.of(bare, member, visitor, page));

            double ratio = report(measured, bare).get(member);
            assertThat(ratio).as("a member's answers for each bare one").isGreaterThanOrEqualTo(LEAST_RATIO);
            double cost = median(measured.get(page), Measured::cpu) / median(measured.get(member), Measured::cpu);
            System.out.printf("A page of 50 costs %.2f times one answer%n%n", cost);
            assertThat(cost)
                    .as("what a page of 50 costs for each single answer")
                    .isLessThanOrEqualTo(MOST_FOR_A_PAGE);
        }
    }

    /** With budgets that one reader at full speed does not come near to; they are counted all the same. */
    private static Map<String, String> environment(LocalPostgres postgres, Issuer issuer, StripeSandbox stripe) {
        Map<String, String> environment = new HashMap<>(Packaged.environment(postgres, issuer, stripe));
        environment.put("GATEFOLD_LIMITS_READER", "1000000000");
        environment.put("GATEFOLD_LIMITS_VISITOR", "1000000000");
        return environment;
    }

    private static void becomeMember(LocalPostgres postgres, Issuer issuer) throws Exception {
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
    private static void check(Packaged service, Load member) throws Exception {
        String[] header = member.headers().getFirst().split(": ");
        String answer = service.get(member.path(), header).body();
        int bare = service.get("/bench/bare").body().length();

        assertThat(answer).contains("\"reason\":\"MEMBER\"");
        assertThat(bare).isBetween(answer.length() - 5, answer.length() + 5);
    }

    private static Map<Load, List<Measured>> inTurns(Wrk wrk, List<Load> loads) throws Exception {
        Map<Load, List<Measured>> measured = new LinkedHashMap<>();
        for (Load load : loads) {
            System.out.println("Warming up: " + load.name());
            wrk.run(load, WARM_UP);
            measured.put(load, new ArrayList<>());
        }
        for (int turn = 1; turn <= TURNS; turn++) {
            System.out.println("Turn " + turn + " of " + TURNS);
            for (Load load : loads) {
                measured.get(load).add(wrk.run(load, TURN));
            }
        }
        return measured;
    }

    /** Prints a line for each load; answers its throughput for each request of the bare one's. */
    private static Map<Load, Double> report(Map<Load, List<Measured>> measured, Load bare) {
        Map<Load, Double> ratios = new LinkedHashMap<>();
        double most = median(measured.get(bare), Measured::perSecond);
        System.out.printf(
                "%n%-22s %10s %8s %10s %10s %14s%n", "", "requests/s", "ratio", "p50 ms", "p99 ms", "CPU us/request");
        measured.forEach((load, turns) -> {
            double perSecond = median(turns, Measured::perSecond);
            ratios.put(load, perSecond / most);
            System.out.printf(
                    "%-22s %10.0f %8.2f %10.2f %10.2f %14.1f%n",
                    load.name(),
                    perSecond,
                    perSecond / most,
                    median(turns, Measured::p50),
                    median(turns, Measured::p99),
                    median(turns, Measured::cpu));
        });
        System.out.println();
        return ratios;
    }

    private static double median(List<Measured> turns, ToDoubleFunction<Measured> figure) {
        return turns.stream().mapToDouble(figure).sorted().toArray()[turns.size() / 2];
    }
}
