package dev.gatefold.access.decide;

import static dev.gatefold.testing.TestCallers.issueToken;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatefold.access.DenyReason;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.Reason;
import dev.gatefold.access.decide.RandomArticles.RandomAccessQuery;
import dev.gatefold.access.decide.RandomReaders.RandomReader;
import dev.gatefold.access.decide.ReferencePaywall.ReferenceArticle;
import dev.gatefold.access.decide.ReferencePaywall.ReferenceDecision;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StoppableClock;
import io.quarkus.logging.Log;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Compares the service with {@link ReferencePaywall} on random worlds. {@code -Dpaywall.questions=100000} asks more
 * questions, {@code -Dpaywall.seed} repeats a run.
 */
@ServiceTest
class RandomPaywallTest {
    private static final int QUESTIONS = Integer.getInteger("paywall.questions", 20_000);
    private static final long SEED = Long.getLong("paywall.seed", System.nanoTime());
    private static final int QUESTIONS_OF_A_WORLD = 10_000;
    private static final int AT_ONCE = 100;
    private static final int ACCOUNTS = 40;
    private static final int MOST_READS = 16;

    /** All reasons that occur without share links and database outages. */
    private static final Set<Reason> REACHABLE = Stream.<Reason>concat(
                    EnumSet.complementOf(EnumSet.of(GrantReason.SHARED_LINK, GrantReason.FALLBACK)).stream(),
                    EnumSet.allOf(DenyReason.class).stream())
            .collect(Collectors.toSet());

    /** Codes that gateways send for an unknown country; services must not send them. */
    private static final Set<String> NOWHERE = Set.of("XX", "T1");

    private static final int LEAST = QUESTIONS / 500;

    @Inject
    StoppableClock clock;

    @Inject
    CurrentCatalog catalog;

    @Inject
    EntitlementGrants granting;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<Reason, Integer> answers = new HashMap<>();
    private final List<String> differences = new ArrayList<>();
    private final String issuer = ConfigProvider.getConfig().getValue("quarkus.oidc.auth-server-url", String.class);
    private String service;
    private RandomWorld world;
    private int turned;
    private int counted;

    @AfterEach
    void restoreCatalogAndClock() {
        CatalogAdminClient.restoreCatalog();
    }

    @Test
    void serviceDecidesAsReferencePaywall() {
        service = issueToken("paywall-test", "service");

        for (int asked = 0; differences.isEmpty() && hasQueriesLeft(asked); asked += QUESTIONS_OF_A_WORLD) {
            world = new RandomWorld(random, clock, catalog, granting, ACCOUNTS);
            for (RandomReader reader : world.readers()) {
                read(reader);
            }
            for (int batch = 0; batch < QUESTIONS_OF_A_WORLD / AT_ONCE; batch++) {
                ask(world.dice().pick(world.readers()));
            }
        }

        Log.infof("Seed %d: %s, changed that very millisecond: %d, counted: %d", SEED, answers, turned, counted);
        assertThat(differences).as("seed %d", SEED).isEmpty();
        assertThat(answers).as("seed %d", SEED).containsOnlyKeys(REACHABLE);
        assertThat(answers.values()).as("seed %d", SEED).allMatch(times -> times >= LEAST);
        assertThat(turned).as("seed %d", SEED).isGreaterThan(QUESTIONS / 50);
        assertThat(counted).as("seed %d", SEED).isGreaterThan(QUESTIONS / 500);
    }

    /** Returns true until enough questions are asked, and longer while a reason is still rare. */
    private boolean hasQueriesLeft(int asked) {
        boolean rare =
                answers.size() < REACHABLE.size() || answers.values().stream().anyMatch(times -> times < LEAST);
        return asked < QUESTIONS || (rare && asked < 3 * QUESTIONS);
    }

    private void read(RandomReader reader) {
        if (reader.reference().holder() == null) {
            return;
        }
        Instant t = world.pickInstant();
        for (int i = random.nextInt(MOST_READS); i > 0; i--) {
            t = world.dice().oneIn(4) ? world.pickInstant() : t.plusMillis(random.nextInt(5_000_000));
            clock.stopAt(t);
            String country = world.country();
            RandomAccessQuery question = world.dice().oneIn(4)
                    ? world.articles().pickQuery(t, country)
                    : world.meteredQuestion(reader, t, country);
            ReferenceDecision before = world.reference().decide(reader.reference(), question.reference(), t);
            boolean counts = world.reference().isOpen(reader.reference(), question.reference(), t);
            ReferenceDecision after =
                    before.granted() ? world.reference().decide(reader.reference(), question.reference(), t) : before;
            JsonNode answer = ResponseJson.parse(reader.requestFrom(country)
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .body(question.sent())
                    .post("/v1/reads")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asByteArray());
            compare(reader, question, t, after, answer);
            if (answer.path("counted").asBoolean() != counts) {
                differences.add(describeDifference(reader, question, t, after, answer));
            }
            reader.reads().add(t);
            counted += counts ? 1 : 0;
        }
    }

    private void ask(RandomReader reader) {
        Instant t = switch (random.nextInt(3)) {
            case 0 -> world.pickInstant();
            case 1 -> world.pickBoundary(reader);
            default -> world.pickBoundary(reader).plusMillis(world.dice().pick(List.of(-1, -1, 1, 1000)));
        };
        clock.stopAt(t);
        String country = world.country();
        String frequentSource = world.dice().pick(world.sources().slugs());
        List<RandomAccessQuery> questions = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            questions.add(
                    world.dice().oneIn(3)
                            ? world.articles().pickQuery(frequentSource, t, country)
                            : world.articles().pickQuery(t, country));
        }
        JsonNode decisions =
                ResponseJson.parse(send(reader, country, questions)).path("decisions");
        for (int i = 0; i < AT_ONCE; i++) {
            compareAnswer(reader, questions.get(i), t, decisions.path(i));
        }
        compareAnswer(reader, questions.getFirst(), t, ResponseJson.parse(send(reader, country, questions.getFirst())));
    }

    private void compareAnswer(RandomReader reader, RandomAccessQuery question, Instant t, JsonNode answer) {
        ReferenceDecision expected = world.reference().decide(reader.reference(), question.reference(), t);
        ReferenceDecision justBefore =
                world.reference().decide(reader.reference(), question.reference(), t.minusMillis(1));
        compare(reader, question, t, expected, answer);
        answers.merge(Reason.of(answer.path("reason").asText()), 1, Integer::sum);
        turned += expected.equals(justBefore) ? 0 : 1;
    }

    private static byte[] send(RandomReader reader, String country, RandomAccessQuery question) {
        return reader.requestFrom(country)
                .queryParams(question.sent())
                .get("/v1/access")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    private byte[] send(RandomReader reader, String country, List<RandomAccessQuery> questions) {
        Map<String, Object> body = new HashMap<>();
        body.put("articles", questions.stream().map(RandomAccessQuery::sent).toList());
        boolean byService = reader.subject() != null && random.nextBoolean();
        if (byService) {
            body.put("subject", Map.of("issuer", issuer, "subject", reader.subject()));
            body.put("country", country == null || NOWHERE.contains(country) ? null : country);
        }
        return (byService ? reader.requestByService(service) : reader.requestFrom(country))
                .body(body)
                .post("/v1/access")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    private void compare(
            RandomReader reader, RandomAccessQuery question, Instant t, ReferenceDecision expected, JsonNode answer) {
        JsonNode meter = answer.path("meter");
        boolean same = expected.reasons().contains(answer.path("reason").asText())
                && expected.granted() == answer.path("granted").asBoolean()
                && t.equals(ResponseJson.instantOrNull(answer.path("asOf")))
                && answer.path("source")
                        .path("slug")
                        .asText("")
                        .equals(orEmpty(question.reference().source()))
                && (expected.period() == null
                        ? meter.isMissingNode()
                        : meter.path("period").asText().equals(expected.period())
                                && meter.path("limit").asInt() == expected.limit()
                                && meter.path("used").asInt() == expected.used()
                                && expected.resetsAt().equals(ResponseJson.instantOrNull(meter.path("resetsAt"))));
        if (!same) {
            differences.add(describeDifference(reader, question, t, expected, answer));
        }
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private String describeDifference(
            RandomReader reader, RandomAccessQuery question, Instant t, ReferenceDecision expected, JsonNode answer) {
        ReferenceArticle reference = question.reference();
        return "\nat %s, question %s%n  understood as %s%n  by %s%n  rules %s%n  expected %s%n  answered %s%n"
                .formatted(
                        t,
                        question.sent(),
                        reference,
                        reader.reference(),
                        reference.source() == null ? List.of() : world.sources().rules(reference.source()),
                        expected,
                        answer);
    }
}
