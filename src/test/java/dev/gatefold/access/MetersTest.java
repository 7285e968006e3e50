package dev.gatefold.access;

import static dev.gatefold.Actors.METERED;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.visitorToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.Actors;
import dev.gatefold.ServiceTest;
import dev.gatefold.access.Ruling.Ration;
import dev.gatefold.catalog.Window.Period;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A meter is a set, whoever tries to make it something else. */
@ServiceTest
class MetersTest {
    private static final int AT_ONCE = 64;
    private static final int ALLOWANCE = 10;

    @Inject
    Meters meters;

    private Instant today;

    @BeforeEach
    void lookAtTheClock() {
        today = Actors.now();
    }

    @AfterEach
    void putTheClockBack() {
        Actors.moveClockTo(today);
    }

    @Test
    void manyReadsAtOnceAdmitExactlyTheAllowance() throws Exception {
        UUID holder = UUID.randomUUID();
        Ration ration = new Ration(new Period("2026-11", Instant.EPOCH, Instant.MAX), ALLOWANCE, Instant.MAX);
        List<Callable<Meters.Taken>> reads = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            String article = "article " + i;
            reads.add(() -> meters.take(holder, "fortune", ration, article, UUID.randomUUID()));
        }

        List<Meters.Taken> taken = atOnce(reads);

        assertThat(taken.stream().filter(it -> it.tally().includes())).hasSize(ALLOWANCE);
        assertThat(taken.stream().filter(Meters.Taken::counted)).hasSize(ALLOWANCE);
    }

    @Test
    void manyReadsAtOnceOverHttpAdmitExactlyTheAllowance() throws Exception {
        String reader = signedUp();
        List<Callable<Boolean>> reads = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            String article = METERED + i;
            reads.add(() -> open(bearer(reader), article).extract().<Boolean>path("granted"));
        }

        assertThat(atOnce(reads).stream().filter(granted -> granted)).hasSize(5);
    }

    @Test
    void oneArticleReadManyTimesAtOnceCountsOnce() throws Exception {
        UUID holder = UUID.randomUUID();
        Ration ration = new Ration(new Period("2026-11", Instant.EPOCH, Instant.MAX), ALLOWANCE, Instant.MAX);
        List<Callable<Meters.Taken>> reads = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            reads.add(() -> meters.take(holder, "fortune", ration, "the article", UUID.randomUUID()));
        }

        List<Meters.Taken> taken = atOnce(reads);

        assertThat(taken).allSatisfy(it -> assertThat(it.tally()).isEqualTo(new Tally(1, true)));
        assertThat(taken.stream().filter(Meters.Taken::counted)).hasSize(1);
    }

    @Test
    void aGlanceNeverSpends() {
        String reader = visitorToken();
        for (int i = 0; i < 20; i++) {
            check(visitor(reader), METERED + i).body("granted", is(true)).body("meter.used", is(0));
        }
    }

    @Test
    void readingAgainCostsNothingByWhateverAddress() {
        String reader = visitorToken();
        open(visitor(reader), METERED + "a").body("counted", is(true)).body("meter.used", is(1));

        open(visitor(reader), METERED + "a").body("counted", is(false)).body("meter.used", is(1));
        open(visitor(reader), METERED + "a/?utm_source=mail#top")
                .body("counted", is(false))
                .body("meter.used", is(1));
        check(visitor(reader), METERED + "a").body("meter.remaining", is(4));
    }

    @Test
    void whenItIsSpentWhatWasReadStaysOpenAndNothingElse() {
        String reader = visitorToken();
        spend(() -> visitor(reader), 5);

        open(visitor(reader), METERED + "one too many")
                .body("granted", is(false))
                .body("reason", is("METER_EXHAUSTED"))
                .body("counted", is(false))
                .body("meter.used", is(5))
                .body("offers.kind", contains("SIGN_UP", "SIGN_IN", "WAIT"));
        check(visitor(reader), METERED + "0").body("granted", is(true)).body("reason", is("METERED"));
    }

    @Test
    void itStartsAgainWithTheNextPeriodOfTheSourcesCalendar() {
        String reader = visitorToken();
        spend(() -> visitor(reader), 5);
        Instant resetsAt =
                Instant.parse(check(visitor(reader), METERED + "x").extract().path("meter.resetsAt"));

        Actors.moveClockTo(resetsAt.minusMillis(1000));
        check(visitor(reader), METERED + "x").body("granted", is(false)).body("validUntil", is(resetsAt.toString()));

        Actors.moveClockTo(resetsAt);
        check(visitor(reader), METERED + "x").body("granted", is(true)).body("meter.used", is(0));
    }

    @Test
    void signingUpDoesNotResetIt() {
        String visitor = visitorToken();
        spend(() -> visitor(visitor), 4);
        String reader = token(someone());

        bearer(reader)
                .header("X-Visitor", visitor)
                .body(Map.of())
                .post("/v1/accounts")
                .then()
                .statusCode(201);
        open(bearer(reader), METERED + "0").body("counted", is(false)).body("meter.used", is(4));
        open(bearer(reader), METERED + "new").body("counted", is(true)).body("meter.used", is(5));

        // said again, with another visitor's reads, it is a union still
        String other = visitorToken();
        open(visitor(other), METERED + "0");
        open(visitor(other), METERED + "elsewhere");
        for (int i = 0; i < 2; i++) {
            bearer(reader)
                    .header("X-Visitor", other)
                    .body(Map.of())
                    .post("/v1/accounts")
                    .then()
                    .statusCode(200);
        }
        check(bearer(reader), METERED + "elsewhere").body("granted", is(true)).body("meter.used", is(6));
    }

    @Test
    void aMemberSpendsNone() {
        String reader = Actors.inTrial();

        open(bearer(reader), METERED + "a")
                .body("reason", is("TRIAL"))
                .body("counted", is(false))
                .body("meter", nullValue());
    }

    private static void spend(Supplier<RequestSpecification> reader, int articles) {
        for (int i = 0; i < articles; i++) {
            open(reader.get(), METERED + i).body("granted", is(true)).body("counted", is(true));
        }
    }

    private static ValidatableResponse check(RequestSpecification reader, String url) {
        return reader.queryParam("url", url).get("/v1/access").then().statusCode(200);
    }

    private static ValidatableResponse open(RequestSpecification reader, String url) {
        return reader.header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("url", url))
                .post("/v1/reads")
                .then()
                .statusCode(200);
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
        }
        return results;
    }
}
