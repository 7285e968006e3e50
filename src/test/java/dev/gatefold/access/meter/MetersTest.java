package dev.gatefold.access.meter;

import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.newVisitorToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestCallers;
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
import org.junit.jupiter.api.Test;

/** Meters are sets of articles, also under concurrent reads. */
@ServiceTest
class MetersTest {
    private static final int AT_ONCE = 64;
    private static final int ALLOWANCE = 10;

    @Inject
    Meters meters;

    @Test
    void concurrentReadsAdmitExactlyTheAllowance() throws Exception {
        UUID holder = UUID.randomUUID();
        List<Callable<MeterTakeResult>> reads = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            String article = "article " + i;
            reads.add(() ->
                    meters.take(holder, new MeterQuery("fortune", "2026-11", article), ALLOWANCE, UUID.randomUUID()));
        }

        List<MeterTakeResult> taken = runConcurrently(reads);

        assertThat(taken.stream().filter(it -> it.tally().includes())).hasSize(ALLOWANCE);
        assertThat(taken.stream().filter(MeterTakeResult::counted)).hasSize(ALLOWANCE);
    }

    @Test
    void concurrentHttpReadsAdmitExactlyTheAllowance() throws Exception {
        String reader = newAccountToken();
        List<Callable<Boolean>> reads = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            String article = METERED + i;
            reads.add(
                    () -> recordRead(withBearerToken(reader), article).extract().<Boolean>path("granted"));
        }

        assertThat(runConcurrently(reads).stream().filter(granted -> granted)).hasSize(5);
    }

    @Test
    void concurrentReadsOfOneArticleCountOnce() throws Exception {
        UUID holder = UUID.randomUUID();
        MeterQuery article = new MeterQuery("fortune", "2026-11", "the article");
        List<Callable<MeterTakeResult>> reads = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            reads.add(() -> meters.take(holder, article, ALLOWANCE, UUID.randomUUID()));
        }

        List<MeterTakeResult> taken = runConcurrently(reads);

        assertThat(taken).allSatisfy(it -> assertThat(it.tally()).isEqualTo(new MeterTally(1, true)));
        assertThat(taken.stream().filter(MeterTakeResult::counted)).hasSize(1);
    }

    @Test
    void accessCheckDoesNotUseMeter() {
        String reader = newVisitorToken();
        for (int i = 0; i < 20; i++) {
            checkAccess(visitor(reader), METERED + i).body("granted", is(true)).body("meter.used", is(0));
        }
    }

    @Test
    void rereadingByAnyUrlDoesNotUseMeter() {
        String reader = newVisitorToken();
        recordRead(visitor(reader), METERED + "a").body("counted", is(true)).body("meter.used", is(1));

        recordRead(visitor(reader), METERED + "a").body("counted", is(false)).body("meter.used", is(1));
        recordRead(visitor(reader), METERED + "a/?utm_source=mail#top")
                .body("counted", is(false))
                .body("meter.used", is(1));
        recordRead(visitor(reader), METERED.replace(".com/", ".com/amp/") + "a?gaa_at=eafs&mod=rss")
                .body("counted", is(false))
                .body("article", is(METERED + "a"))
                .body("meter.used", is(1));
        checkAccess(visitor(reader), METERED + "a").body("meter.remaining", is(4));
    }

    @Test
    void exhaustedMeterAdmitsOnlyArticlesAlreadyRead() {
        String reader = newVisitorToken();
        recordReads(() -> visitor(reader), 5);

        recordRead(visitor(reader), METERED + "one too many")
                .body("granted", is(false))
                .body("reason", is("METER_EXHAUSTED"))
                .body("counted", is(false))
                .body("meter.used", is(5))
                .body("offers.kind", contains("SIGN_UP", "SIGN_IN", "WAIT"));
        checkAccess(visitor(reader), METERED + "0").body("granted", is(true)).body("reason", is("METERED"));
    }

    @Test
    void meterResetsWithNextCalendarPeriodOfSource() {
        String reader = newVisitorToken();
        recordReads(() -> visitor(reader), 5);
        Instant resetsAt = Instant.parse(
                checkAccess(visitor(reader), METERED + "x").extract().path("meter.resetsAt"));

        TestCallers.moveClockTo(resetsAt.minusMillis(1000));
        checkAccess(visitor(reader), METERED + "x")
                .body("granted", is(false))
                .body("validUntil", is(resetsAt.toString()));

        TestCallers.moveClockTo(resetsAt);
        checkAccess(visitor(reader), METERED + "x").body("granted", is(true)).body("meter.used", is(0));
    }

    @Test
    void signUpDoesNotResetMeter() {
        String visitor = newVisitorToken();
        recordReads(() -> visitor(visitor), 4);
        String reader = issueToken(newSubject());

        withBearerToken(reader)
                .header("X-Visitor", visitor)
                .body(Map.of())
                .post("/v1/accounts")
                .then()
                .statusCode(201);
        recordRead(withBearerToken(reader), METERED + "0")
                .body("counted", is(false))
                .body("meter.used", is(4));
        recordRead(withBearerToken(reader), METERED + "new")
                .body("counted", is(true))
                .body("meter.used", is(5));

        // signing up again with another visitor token adds that visitor's articles
        String other = newVisitorToken();
        recordRead(visitor(other), METERED + "0");
        recordRead(visitor(other), METERED + "elsewhere");
        for (int i = 0; i < 2; i++) {
            withBearerToken(reader)
                    .header("X-Visitor", other)
                    .body(Map.of())
                    .post("/v1/accounts")
                    .then()
                    .statusCode(200);
        }
        checkAccess(withBearerToken(reader), METERED + "elsewhere")
                .body("granted", is(true))
                .body("meter.used", is(6));
    }

    @Test
    void memberReadsDoNotUseMeter() {
        String reader = TestCallers.newTrialToken();

        recordRead(withBearerToken(reader), METERED + "a")
                .body("reason", is("TRIAL"))
                .body("counted", is(false))
                .body("meter", nullValue());
    }

    private static void recordReads(Supplier<RequestSpecification> reader, int articles) {
        for (int i = 0; i < articles; i++) {
            recordRead(reader.get(), METERED + i).body("granted", is(true)).body("counted", is(true));
        }
    }

    private static ValidatableResponse checkAccess(RequestSpecification reader, String url) {
        return reader.queryParam("url", url).get("/v1/access").then().statusCode(200);
    }

    private static ValidatableResponse recordRead(RequestSpecification reader, String url) {
        return reader.header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("url", url))
                .post("/v1/reads")
                .then()
                .statusCode(200);
    }

    private static <T> List<T> runConcurrently(List<Callable<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
        }
        return results;
    }
}
