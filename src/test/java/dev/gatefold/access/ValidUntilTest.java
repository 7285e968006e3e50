package dev.gatefold.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.ServiceTest;
import dev.gatefold.StoppedClock;
import dev.gatefold.access.RandomArticles.Questioned;
import dev.gatefold.access.RandomReaders.Someone;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Window;
import dev.gatefold.entitlements.Granting;
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

/** An answer holds until it says it does, in worlds made at random: the same again by {@code -Dlaw.seed}. */
@ServiceTest
class ValidUntilTest {
    private static final long SEED = Long.getLong("law.seed", System.nanoTime());
    private static final int STATES = Integer.getInteger("law.states", 300);
    private static final int LEAST = STATES / 15;
    private static final int ACCOUNTS = 25;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** What an answer can end with. */
    private enum Edge {
        TERM,
        RULE,
        AGE,
        RESET
    }

    /** A question whose answer may change at an instant. */
    private record Near(Someone reader, Questioned question, String country, Instant edge) {}

    @Inject
    StoppedClock clock;

    @Inject
    CurrentCatalog catalog;

    @Inject
    Granting granting;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<Edge, Integer> met = new EnumMap<>(Edge.class);
    private final Map<Edge, Integer> turned = new EnumMap<>(Edge.class);
    private RandomWorld world;

    @BeforeEach
    void makeAWorld() {
        world = new RandomWorld(random, clock, catalog, granting, ACCOUNTS);
    }

    @AfterEach
    void bringBackWhatWas() {
        clock.goOn();
        BackOffice.forget();
    }

    @Test
    void isTheFirstInstantAtWhichTheAnswerMayChange() {
        for (int i = 0; i < STATES || (isRare() && i < 3 * STATES); i++) {
            Edge kind = world.dice().any(List.of(Edge.values()));
            Near near = near(kind);
            read(near, near.edge.minusSeconds(60));
            holdsAsLongAsItSays(kind, near, near.edge.minusMillis(1 + random.nextLong(LONGEST.toMillis())));
        }

        Log.infof("Seed %d: until the very edge %s, and then another answer %s", SEED, met, turned);
        assertThat(turned).as("seed %d", SEED).containsOnlyKeys(Edge.values());
        assertThat(turned.values()).as("seed %d", SEED).allMatch(times -> times >= LEAST);
    }

    private boolean isRare() {
        return turned.size() < Edge.values().length || turned.values().stream().anyMatch(times -> times < LEAST);
    }

    private void holdsAsLongAsItSays(Edge kind, Near near, Instant t) {
        JsonNode answer = ask(near, t);
        Instant until = Heard.instant(answer.path("validUntil"));
        String told = told(near, answer);
        assertThat(until).as(told).isAfter(t).isBeforeOrEqualTo(t.plus(LONGEST));

        for (Instant later : within(t, until, near)) {
            assertThat(said(ask(near, later))).as(told + " at " + later).isEqualTo(said(answer));
        }
        JsonNode next = ask(near, until);
        assertThat(Heard.instant(next.path("asOf"))).as(told).isEqualTo(until);
        if (until.equals(near.edge)) {
            met.merge(kind, 1, Integer::sum);
            if (!said(next).equals(said(answer))) {
                turned.merge(kind, 1, Integer::sum);
            }
        }
    }

    private List<Instant> within(Instant t, Instant until, Near near) {
        List<Instant> instants = new ArrayList<>();
        long between = Duration.between(t, until).toMillis();
        for (int i = 0; i < 3 && between > 1; i++) {
            instants.add(t.plusMillis(1 + random.nextLong(between - 1)));
        }
        if (between > 1) {
            instants.add(until.minusMillis(1));
        }
        edges(near, t).stream()
                .filter(edge -> edge.isAfter(t) && edge.isBefore(until))
                .forEach(instants::add);
        return instants;
    }

    @Test
    void isHalfAMinuteAwayWhereNothingIsGoingToChange() {
        int asked = 0;
        while (asked < STATES / 3) {
            Instant t = world.someTime();
            Near quiet =
                    new Near(world.dice().any(world.readers()), world.articles().question(t, null), null, t);
            if (edges(quiet, t).stream().noneMatch(edge -> edge.isAfter(t) && !edge.isAfter(t.plus(LONGEST)))) {
                JsonNode answer = ask(quiet, t);
                assertThat(Heard.instant(answer.path("validUntil")))
                        .as(told(quiet, answer))
                        .isEqualTo(t.plus(LONGEST));
                asked++;
            }
        }
    }

    /** Everything that happens to this reader, source and article, and when the meter of {@code t} starts again. */
    private List<Instant> edges(Near near, Instant t) {
        String source = near.question.asked().source();
        List<Instant> edges = new ArrayList<>(RandomReaders.edgesOf(near.reader));
        edges.addAll(RandomArticles.edgesOfAge(near.question));
        if (source != null) {
            edges.addAll(world.titles().edgesOf(source));
            for (Window window : Window.values()) {
                edges.add(NaiveLaw.resetsAt(window, world.titles().zone(source), t));
            }
        }
        return edges;
    }

    /** Mostly one of which the naive law thinks that it changes; of the others the offers may. */
    private Near near(Edge kind) {
        Near near = some(kind);
        for (int i = 0; i < 400 && !changes(near) && !world.dice().oneIn(100); i++) {
            near = some(kind);
        }
        return near;
    }

    private boolean changes(Near near) {
        NaiveLaw law = world.law();
        return !law.answer(near.reader.asker(), near.question.asked(), near.edge)
                .equals(law.answer(near.reader.asker(), near.question.asked(), near.edge.minusMillis(1)));
    }

    private Near some(Edge kind) {
        Someone reader = world.dice().any(world.readers());
        String source = world.dice().any(world.titles().slugs());
        String country = world.country();
        return switch (kind) {
            case TERM -> {
                Instant edge = among(RandomReaders.edgesOf(reader));
                yield new Near(reader, world.articles().question(edge, country), country, edge);
            }
            case RULE -> {
                Instant edge = among(world.titles().edgesOf(source));
                yield new Near(reader, world.articles().question(source, edge, country), country, edge);
            }
            case AGE -> {
                Instant t = world.someTime();
                Questioned question = world.articles().question(source, t, country);
                yield new Near(reader, question, country, among(RandomArticles.edgesOfAge(question)));
            }
            case RESET -> {
                Instant edge = NaiveLaw.resetsAt(
                        world.dice().any(List.of(Window.values())),
                        world.titles().zone(source),
                        world.someTime());
                yield new Near(reader, world.articles().question(source, edge, country), country, edge);
            }
        };
    }

    private Instant among(List<Instant> edges) {
        List<Instant> possible = edges.stream()
                .filter(edge -> edge.isAfter(world.begins().plusSeconds(60)))
                .toList();
        return possible.isEmpty() ? world.someTime() : world.dice().any(possible);
    }

    /** On the meter, so that it has something to forget. */
    private void read(Near near, Instant t) {
        if (near.reader.asker().holder() != null && world.law().open(near.reader.asker(), near.question.asked(), t)) {
            clock.stopAt(t);
            near.reader
                    .asks(near.country)
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .body(near.question.sent())
                    .post("/v1/reads")
                    .then()
                    .statusCode(200);
        }
    }

    private JsonNode ask(Near near, Instant t) {
        clock.stopAt(t);
        return Heard.read(near.reader
                .asks(near.country)
                .queryParams(near.question.sent())
                .get("/v1/access")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
    }

    /** All that is answered, but when, and under which name. */
    private static JsonNode said(JsonNode answer) {
        ObjectNode said = answer.deepCopy();
        said.remove(List.of("asOf", "validUntil", "id"));
        return said;
    }

    private String told(Near near, JsonNode answer) {
        String source = near.question.asked().source();
        return "seed %d: %s, asked by %s, under %s, answered %s"
                .formatted(
                        SEED,
                        near.question,
                        near.reader.asker(),
                        source == null ? "" : world.titles().rules(source),
                        answer);
    }
}
