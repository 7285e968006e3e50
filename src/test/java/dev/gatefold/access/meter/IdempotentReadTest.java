package dev.gatefold.access.meter;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.OPEN;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.newVisitorToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestPayments;
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
import org.junit.jupiter.api.extension.ExtendWith;

/** Reads that are sent twice with the same idempotency key. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class IdempotentReadTest {
    private static final String REPLAYED = "Idempotency-Replayed";

    @Inject
    Session database;

    private final String key = UUID.randomUUID().toString();

    private ValidatableResponse recordRead(RequestSpecification who, Map<String, ?> article) {
        return who.header("Idempotency-Key", key)
                .body(article)
                .post("/v1/reads")
                .then();
    }

    @Test
    void repeatedKeyReplaysAnswerAndMarksItAsReplayed() {
        String token = newVisitorToken();
        var article = Map.of("url", METERED + "twice");
        String decision = recordRead(visitor(token), article)
                .statusCode(200)
                .header(REPLAYED, nullValue())
                .header("Decision-Id", notNullValue())
                .body("counted", is(true))
                .extract()
                .header("Decision-Id");

        recordRead(visitor(token), article)
                .statusCode(200)
                .header(REPLAYED, is("true"))
                .header("Decision-Id", is(decision))
                .body("counted", is(true), "meter.used", is(1));
    }

    @Test
    void repeatedKeyWithDifferentBodyIsRejected() {
        String reader = newTrialToken();
        recordRead(withBearerToken(reader), Map.of("url", MEMBERS_ONLY)).statusCode(200);

        recordRead(withBearerToken(reader), Map.of("url", MEMBERS_ONLY + "-2"))
                .statusCode(422)
                .body("code", is("idempotency-key-reused"));
        recordRead(withBearerToken(reader), Map.of("url", MEMBERS_ONLY, "section", "reviews"))
                .statusCode(422);
        recordRead(withBearerToken(reader), Map.of("url", MEMBERS_ONLY)).statusCode(200);
    }

    @Test
    void repeatedKeyDuringFirstRequestGetsConflict() {
        QuarkusTransaction.requiringNew().run(() -> {
            reserveKey();

            recordRead(visitor(), Map.of("url", OPEN))
                    .statusCode(409)
                    .header("Retry-After", notNullValue())
                    .body("code", is("idempotency-key-in-flight"));
        });

        recordRead(visitor(), Map.of("url", OPEN)).statusCode(200);
    }

    /** Locks the key like a concurrent request of an anonymous reader. */
    private void reserveKey() {
        var _ = database.createNativeQuery(
                        "select pg_try_advisory_xact_lock(hashtextextended(:claim, 0))", Boolean.class)
                .setParameter("claim", ArticleReads.ANONYMOUS_HOLDER + " " + key)
                .getSingleResult();
    }

    @Test
    void concurrentRequestsWithSameKeyRecordOneRead() throws Exception {
        String token = newVisitorToken();
        var article = Map.of("url", METERED + "at-once");
        List<Callable<Integer>> tries = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tries.add(() -> recordRead(visitor(token), article).extract().statusCode());
        }

        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(12)) {
            for (Future<Integer> answer : threads.invokeAll(tries)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).isSubsetOf(200, 409).contains(200);
        recordRead(visitor(token), article).header(REPLAYED, is("true")).body("meter.used", is(1));
    }

    @Test
    void checkoutWithSameKeyReturnsSameSession() {
        String reader = newTrialToken();
        String session = TestPayments.startCheckout(reader, TestPayments.monthlyMembership(), key)
                .then()
                .statusCode(201)
                .header(REPLAYED, nullValue())
                .extract()
                .path("sessionId");

        TestPayments.startCheckout(reader, TestPayments.monthlyMembership(), key)
                .then()
                .statusCode(201)
                .header(REPLAYED, is("true"))
                .body("sessionId", is(session));
    }

    @Test
    void checkoutDuringFirstRequestGetsConflict() {
        String reader = newTrialToken();
        TestPayments.startCheckout(reader, TestPayments.monthlyMembership(), key)
                .then()
                .statusCode(201);
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery("""
                                update checkout set provider_session_id = null, payment_url = null, state = 'OPENING'
                                where idempotency_key = :key
                                """)
                        .setParameter("key", key)
                        .executeUpdate());

        TestPayments.startCheckout(reader, TestPayments.monthlyMembership(), key)
                .then()
                .statusCode(409)
                .header("Retry-After", notNullValue())
                .body("code", is("idempotency-key-in-flight"));
    }
}
