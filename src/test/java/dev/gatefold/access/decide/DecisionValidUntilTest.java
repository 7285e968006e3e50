package dev.gatefold.access.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.access.decide.RandomArticles.RandomAccessQuery;
import dev.gatefold.access.decide.RandomReaders.RandomReader;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StoppableClock;
import io.quarkus.logging.Log;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions do not change before {@code validUntil}, in random worlds. {@code -Dpaywall.seed} repeats a run. */
@ServiceTest
class DecisionValidUntilTest {
    private static final long SEED = Long.getLong("paywall.seed", System.nanoTime());
    private static final int STATES = Integer.getInteger("paywall.states", 300);
    private static final int LEAST = STATES / 15;
    private static final int ACCOUNTS = 25;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Kind of event that can change a decision. */
    private enum DecisionEdge {
        TERM,
        RULE,
        AGE,
        RESET
    }

    /** A query whose decision can change at an instant. */
    private record NearEdgeQuery(RandomReader reader, RandomAccessQuery question, String country, Instant edge) {}

    @Inject
    StoppableClock clock;

    @Inject
    CurrentCatalog catalog;

    @Inject
    EntitlementGrants granting;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<DecisionEdge, Integer> met = new EnumMap<>(DecisionEdge.class);
    private final Map<DecisionEdge, Integer> turned = new EnumMap<>(DecisionEdge.class);
    private RandomWorld world;

    @BeforeEach
    void createScenario() {
        world = new RandomWorld(random, clock, catalog, granting, ACCOUNTS);
    }

    @AfterEach
    void restoreCatalogAndClock() {
        CatalogAdminClient.restoreCatalog();
    }

    @Test
    void validUntilIsFirstInstantOfPossibleChange() {
        for (int i = 0; i < STATES || (isRareReason() && i < 3 * STATES); i++) {
            DecisionEdge kind = world.dice().pick(List.of(DecisionEdge.values()));
            NearEdgeQuery near = pickQueryNearChange(kind);
            read(near, near.edge.minusSeconds(60));
            assertDecisionHoldsUntilValidUntil(
                    kind, near, near.edge.minusMillis(1 + random.nextLong(LONGEST.toMillis())));
        }

        Log.infof("Seed %d: until the very edge %s, and then another answer %s", SEED, met, turned);
        assertThat(turned).as("seed %d", SEED).containsOnlyKeys(DecisionEdge.values());
        assertThat(turned.values()).as("seed %d", SEED).allMatch(times -> times >= LEAST);
    }

    private boolean isRareReason() {
        return turned.size() < DecisionEdge.values().length
                || turned.values().stream().anyMatch(times -> times < LEAST);
    }

    private void assertDecisionHoldsUntilValidUntil(DecisionEdge kind, NearEdgeQuery near, Instant t) {
        JsonNode answer = ask(near, t);
        Instant until = ResponseJson.instantOrNull(answer.path("validUntil"));
        String description = describe(near, answer);
        assertThat(until).as(description).isAfter(t).isBeforeOrEqualTo(t.plus(LONGEST));

        for (Instant later : within(t, until, near)) {
            assertThat(decisionWithoutTimes(ask(near, later)))
                    .as(description + " at " + later)
                    .isEqualTo(decisionWithoutTimes(answer));
        }
        JsonNode next = ask(near, until);
        assertThat(ResponseJson.instantOrNull(next.path("asOf")))
                .as(description)
                .isEqualTo(until);
        if (until.equals(near.edge)) {
            met.merge(kind, 1, Integer::sum);
            if (!decisionWithoutTimes(next).equals(decisionWithoutTimes(answer))) {
                turned.merge(kind, 1, Integer::sum);
            }
        }
    }

    private List<Instant> within(Instant t, Instant until, NearEdgeQuery near) {
        List<Instant> instants = new ArrayList<>();
        long between = Duration.between(t, until).toMillis();
        for (int i = 0; i < 3 && between > 1; i++) {
            instants.add(t.plusMillis(1 + random.nextLong(between - 1)));
        }
        if (between > 1) {
            instants.add(until.minusMillis(1));
        }
        boundaries(near, t).stream()
                .filter(edge -> edge.isAfter(t) && edge.isBefore(until))
                .forEach(instants::add);
        return instants;
    }

    @Test
    void validUntilIsThirtySecondsAheadWithoutUpcomingChange() {
        int queries = 0;
        while (queries < STATES / 3) {
            Instant t = world.pickInstant();
            NearEdgeQuery quiet = new NearEdgeQuery(
                    world.dice().pick(world.readers()), world.articles().pickQuery(t, null), null, t);
            if (boundaries(quiet, t).stream().noneMatch(edge -> edge.isAfter(t) && !edge.isAfter(t.plus(LONGEST)))) {
                JsonNode answer = ask(quiet, t);
                assertThat(ResponseJson.instantOrNull(answer.path("validUntil")))
                        .as(describe(quiet, answer))
                        .isEqualTo(t.plus(LONGEST));
                queries++;
            }
        }
    }

    /** Returns all instants at which a decision of this query can change, including the meter reset after {@code t}. */
    private List<Instant> boundaries(NearEdgeQuery near, Instant t) {
        String source = near.question.reference().source();
        List<Instant> edges = new ArrayList<>(RandomReaders.entitlementBoundaries(near.reader));
        edges.addAll(RandomArticles.ageThresholds(near.question));
        if (source != null) {
            edges.addAll(world.sources().ruleBoundaries(source));
            for (CalendarWindow window : CalendarWindow.values()) {
                edges.add(ReferencePaywall.resetsAt(window, world.sources().zone(source), t));
            }
        }
        return edges;
    }

    /** Returns a query that, mostly, changes its decision by the reference implementation; others may change their offers. */
    private NearEdgeQuery pickQueryNearChange(DecisionEdge kind) {
        NearEdgeQuery near = pickAnyQuery(kind);
        for (int i = 0; i < 400 && !changes(near) && !world.dice().oneIn(100); i++) {
            near = pickAnyQuery(kind);
        }
        return near;
    }

    private boolean changes(NearEdgeQuery near) {
        ReferencePaywall paywall = world.reference();
        return !paywall.decide(near.reader.reference(), near.question.reference(), near.edge)
                .equals(paywall.decide(near.reader.reference(), near.question.reference(), near.edge.minusMillis(1)));
    }

    private NearEdgeQuery pickAnyQuery(DecisionEdge kind) {
        RandomReader reader = world.dice().pick(world.readers());
        String source = world.dice().pick(world.sources().slugs());
        String country = world.country();
        return switch (kind) {
            case TERM -> {
                Instant edge = pickBoundary(RandomReaders.entitlementBoundaries(reader));
                yield new NearEdgeQuery(reader, world.articles().pickQuery(edge, country), country, edge);
            }
            case RULE -> {
                Instant edge = pickBoundary(world.sources().ruleBoundaries(source));
                yield new NearEdgeQuery(reader, world.articles().pickQuery(source, edge, country), country, edge);
            }
            case AGE -> {
                Instant t = world.pickInstant();
                RandomAccessQuery question = world.articles().pickQuery(source, t, country);
                yield new NearEdgeQuery(
                        reader, question, country, pickBoundary(RandomArticles.ageThresholds(question)));
            }
            case RESET -> {
                Instant edge = ReferencePaywall.resetsAt(
                        world.dice().pick(List.of(CalendarWindow.values())),
                        world.sources().zone(source),
                        world.pickInstant());
                yield new NearEdgeQuery(reader, world.articles().pickQuery(source, edge, country), country, edge);
            }
        };
    }

    private Instant pickBoundary(List<Instant> edges) {
        List<Instant> possible = edges.stream()
                .filter(edge -> edge.isAfter(world.startInstant().plusSeconds(60)))
                .toList();
        return possible.isEmpty() ? world.pickInstant() : world.dice().pick(possible);
    }

    /** Opens the article, so that a meter has something to reset. */
    private void read(NearEdgeQuery near, Instant t) {
        if (near.reader.reference().holder() != null
                && world.reference().isOpen(near.reader.reference(), near.question.reference(), t)) {
            clock.stopAt(t);
            near.reader
                    .requestFrom(near.country)
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .body(near.question.sent())
                    .post("/v1/reads")
                    .then()
                    .statusCode(200);
        }
    }

    private JsonNode ask(NearEdgeQuery near, Instant t) {
        clock.stopAt(t);
        return ResponseJson.parse(near.reader
                .requestFrom(near.country)
                .queryParams(near.question.sent())
                .get("/v1/access")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
    }

    /** Returns a decision without its instants and its id. */
    private static JsonNode decisionWithoutTimes(JsonNode answer) {
        ObjectNode content = answer.deepCopy();
        content.remove(List.of("asOf", "validUntil", "id"));
        return content;
    }

    private String describe(NearEdgeQuery near, JsonNode answer) {
        String source = near.question.reference().source();
        return "seed %d: %s, reader %s, rules %s, decision %s"
                .formatted(
                        SEED,
                        near.question,
                        near.reader.reference(),
                        source == null ? "" : world.sources().rules(source),
                        answer);
    }
}
