package dev.gatefold.access;

import static dev.gatefold.Actors.MEMBERS_ONLY;
import static dev.gatefold.Actors.METERED;
import static dev.gatefold.Actors.OPEN;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.visitorToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.Payments;
import dev.gatefold.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** One intention, said twice under one key. */
@ServiceTest
class SameKeyTest {
    private static final String REPLAYED = "Idempotency-Replayed";

    @Inject
    Session database;

    private final String key = UUID.randomUUID().toString();

    private ValidatableResponse open(RequestSpecification who, Map<String, ?> article) {
        return who.header("Idempotency-Key", key)
                .body(article)
                .post("/v1/reads")
                .then();
    }

    @Test
    void theAnswerIsTheSameAndSaysThatItWasGivenBefore() {
        String token = visitorToken();
        var article = Map.of("url", METERED + "twice");
        String decision = open(visitor(token), article)
                .statusCode(200)
                .header(REPLAYED, nullValue())
                .header("Decision-Id", notNullValue())
                .body("counted", is(true))
                .extract()
                .header("Decision-Id");

        open(visitor(token), article)
                .statusCode(200)
                .header(REPLAYED, is("true"))
                .header("Decision-Id", is(decision))
                .body("counted", is(true), "meter.used", is(1));
    }

    @Test
    void anotherBodyIsAnotherIntention() {
        String reader = inTrial();
        open(bearer(reader), Map.of("url", MEMBERS_ONLY)).statusCode(200);

        open(bearer(reader), Map.of("url", MEMBERS_ONLY + "-2"))
                .statusCode(422)
                .body("code", is("idempotency-key-reused"));
        open(bearer(reader), Map.of("url", MEMBERS_ONLY, "section", "reviews")).statusCode(422);
        open(bearer(reader), Map.of("url", MEMBERS_ONLY)).statusCode(200);
    }

    @Test
    void whileTheFirstIsWorkedOnTheSecondIsToldToWait() {
        QuarkusTransaction.requiringNew().run(() -> {
            claim();

            open(visitor(), Map.of("url", OPEN))
                    .statusCode(409)
                    .header("Retry-After", notNullValue())
                    .body("code", is("idempotency-key-in-flight"));
        });

        open(visitor(), Map.of("url", OPEN)).statusCode(200);
    }

    /** As a request does that is being worked on: of somebody of whom nothing is known. */
    private void claim() {
        var _ = database.createNativeQuery(
                        "select pg_try_advisory_xact_lock(hashtextextended(:claim, 0))", Boolean.class)
                .setParameter("claim", Reads.NOBODY + " " + key)
                .getSingleResult();
    }

    @Test
    void manyAtOnceAreOneRead() throws Exception {
        String token = visitorToken();
        var article = Map.of("url", METERED + "at-once");
        List<Callable<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tries.add(() -> open(visitor(token), article).extract().statusCode());
        }

        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(12)) {
            for (Future<Integer> answer : threads.invokeAll(tries)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).isSubsetOf(200, 409).contains(200);
        open(visitor(token), article).header(REPLAYED, is("true")).body("meter.used", is(1));
    }

    @Test
    void aCheckoutIsOnePage() {
        String reader = inTrial();
        String session = Payments.checkout(reader, Payments.monthly(), key)
                .then()
                .statusCode(201)
                .header(REPLAYED, nullValue())
                .extract()
                .path("sessionId");

        Payments.checkout(reader, Payments.monthly(), key)
                .then()
                .statusCode(201)
                .header(REPLAYED, is("true"))
                .body("sessionId", is(session));
    }

    @Test
    void aCheckoutThatIsBeingOpenedIsToldSo() {
        String reader = inTrial();
        Payments.checkout(reader, Payments.monthly(), key).then().statusCode(201);
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(
                                "update checkout set session = null, url = null, state = 'OPENING' where idempotency_key = :key")
                        .setParameter("key", key)
                        .executeUpdate());

        Payments.checkout(reader, Payments.monthly(), key)
                .then()
                .statusCode(409)
                .header("Retry-After", notNullValue())
                .body("code", is("idempotency-key-in-flight"));
    }
}
