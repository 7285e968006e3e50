package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.StripeWebhookClient.deliver;
import static dev.gatefold.testing.StripeWebhookClient.eventJson;
import static dev.gatefold.testing.StripeWebhookClient.signature;
import static dev.gatefold.testing.StripeWebhookClient.webhookSecret;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestCallers;
import dev.gatefold.testing.TestPayments;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Acceptance, rejection, storage and replay of webhooks. */
@ServiceTest
class StripeWebhookTest {
    @Inject
    Session database;

    private static String newEventId() {
        return "evt_" + UUID.randomUUID().toString().replace("-", "");
    }

    private long countStored(String event) {
        return database.createNativeQuery("select count(*) from inbox_event where event_id = :event", Long.class)
                .setParameter("event", event)
                .getSingleResult();
    }

    private String column(String column, String event) {
        return database.createNativeQuery(
                        "select cast(%s as text) from inbox_event where event_id = :event".formatted(column),
                        String.class)
                .setParameter("event", event)
                .getSingleResult();
    }

    @Nested
    class AcceptedEvents {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "application/json; charset=iso-8859-1",
                    "text/plain",
                    "application/x-thing"
                })
        void webhookIsAcceptedWithAnyContentType(String type) {
            String id = newEventId();
            byte[] body = eventJson(id, "charge.succeeded", "{\"object\": \"charge\", \"note\": \"\uD83D\uDE00\"}")
                    .getBytes(StandardCharsets.UTF_8);

            given().config(io.restassured.config.RestAssuredConfig.config()
                            .encoderConfig(io.restassured.config.EncoderConfig.encoderConfig()
                                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                    .encodeContentTypeAs(type, io.restassured.http.ContentType.BINARY)))
                    .header("Content-Type", type)
                    .header("Stripe-Signature", signature(body, webhookSecret(), TestCallers.serviceNow()))
                    .body(body)
                    .post("/v1/webhooks/stripe")
                    .then()
                    .statusCode(200)
                    .body("event", is(id));
            assertThat(countStored(id)).isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"id": "%s", "type": "never.heard.of", "data": {"object": {"object": "thing"}}}
                {"id": "%s", "type": "invoice.paid", "api_version": null, "data": {"object": {"object": "invoice"}}}
                {"id": "%s", "type": "invoice.paid", "api_version": "2017-08-15", "created": 1.5e9, "data": {"object": {"object": "invoice", "subscription": null}}}
                {"id": "%s", "object": "v2.core.event", "type": "v1.billing.meter.no_meter_found", "created": "2026-11-23T10:00:00.000Z"}
                {"id": "%s", "type": "customer.deleted", "data": {"object": {"object": "customer", "id": "cus_nobody", "deleted": true}}}
                {"id": "%s", "type": "charge.refunded", "data": {"object": {"object": "charge", "id": "ch_nothing", "customer": {"id": "cus_nobody"}}}}
                {"id": "%s", "type": "checkout.session.completed", "data": {"object": {"object": "checkout.session", "id": "cs_1", "mode": "payment", "subscription": null}}}
                {"id": "%s", "type": "setup_intent.succeeded", "data": {"object": []}}
                {"id": "%s", "type": "customer.subscription.updated", "data": {"object": {"object": "subscription", "id": "sub_nothing", "status": "invented"}}}
                """)
        void webhookOfAnyTypeGetsAnOutcome(String body) {
            String id = newEventId();

            deliver(body.formatted(id)).then().statusCode(200);
            TestPayments.runDueWork();

            assertThat(column("outcome", id)).isNotNull();
            assertThat(column("outcome", id)).isNotEqualTo("FAILED");
        }

        @Test
        void concurrentDuplicateWebhooksAreStoredOnce() throws Exception {
            String body = eventJson(newEventId(), "invoice.paid", "{\"object\": \"invoice\"}");
            String id = body.substring(body.indexOf("evt_"), body.indexOf("evt_") + 36);
            Callable<Integer> delivery = () -> deliver(body).statusCode();

            try (var threads = Executors.newFixedThreadPool(25)) {
                var answers = threads.invokeAll(
                        IntStream.range(0, 50).mapToObj(_ -> delivery).toList());
                for (var answer : answers) {
                    assertThat(answer.get()).isEqualTo(200);
                }
            }
            assertThat(countStored(id)).isEqualTo(1);
            assertThat(column("delivery_count", id)).isEqualTo("50");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"livemode\": true", "\"account\": \"acct_other\""})
        void webhookOfLiveModeOrOtherAccountIsIgnored(String member) {
            String id = newEventId();

            deliver("{\"id\": \"%s\", \"type\": \"invoice.paid\", %s, \"data\": {\"object\": {}}}"
                            .formatted(id, member))
                    .then()
                    .statusCode(200);

            assertThat(column("outcome", id)).isEqualTo("IGNORED");
        }

        @Test
        void webhookBodyIsStoredByteForByte() {
            String id = newEventId();
            String pretty = eventJson(id, "charge.succeeded", "{\n\n  \"object\" :   \"charge\" }") + "\n\n";

            deliver(pretty).then().statusCode(200);

            assertThat(column("convert_from(payload, 'UTF8')", id)).isEqualTo(pretty);
        }
    }

    @Nested
    class RejectedEvents {
        @ParameterizedTest
        @ValueSource(strings = {"-301", "301", "-86400", "31536000"})
        void webhookSignedOutsideToleranceIsRejected(long seconds) {
            String id = newEventId();
            byte[] body = eventJson(id, "invoice.paid", "{}").getBytes(StandardCharsets.UTF_8);

            deliver(
                            body,
                            signature(
                                    body,
                                    webhookSecret(),
                                    TestCallers.serviceNow().plusSeconds(seconds)))
                    .then()
                    .statusCode(400);

            assertThat(countStored(id)).isZero();
        }

        @Test
        void webhookWithoutValidSignatureIsRejected() {
            String id = newEventId();
            byte[] body = eventJson(id, "invoice.paid", "{}").getBytes(StandardCharsets.UTF_8);
            Instant now = TestCallers.serviceNow();
            String good = signature(body, webhookSecret(), now);

            for (String header : new String[] {
                null,
                "",
                "garbage",
                "t=,v1=",
                signature(body, "whsec_other", now),
                good.substring(0, good.length() - 1) + (good.endsWith("0") ? "1" : "0"),
                good.substring(0, good.length() - 2),
                good.replace("v1=", "v0="),
                good.replaceFirst("t=\\d+", "t=" + (now.getEpochSecond() + 1)),
            }) {
                deliver(body, header).then().statusCode(400).body("code", is("invalid-event"));
            }
            assertThat(countStored(id)).isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "{}",
                    "[]",
                    "[{\"id\": \"evt_1\"}]",
                    "null",
                    "true",
                    "\"evt_1\"",
                    "{\"id\": 7, \"type\": \"invoice.paid\"}",
                    "{\"id\": \"evt_1\"}",
                    "{\"id\": \"evt_1\", \"type\": \"\"}",
                    "{\"id\": \"evt\\u0000\", \"type\": \"invoice.paid\"}",
                    "{\"id\": \"\\ud800\", \"type\": \"invoice.paid\"}",
                    "{\"id\": {\"id\": \"evt_1\"}, \"type\": \"invoice.paid\"}",
                    "{\"id\": \"evt_1\", \"type\": \"invoice.paid\"",
                    "not json at all",
                })
        void signedBodyThatIsNoEventIsRejected(String body) {
            deliver(body).then().statusCode(400);
        }

        @Test
        void signedBodyThatIsTooLargeIsRejected() {
            deliver("[".repeat(100_000)).then().statusCode(400);
            deliver("{\"id\": \"evt_" + "x".repeat(300) + "\", \"type\": \"invoice.paid\"}")
                    .then()
                    .statusCode(400);
            deliver(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2}).then().statusCode(400);
            deliver(new byte[25 * 1024 * 1024]).then().statusCode(413);
        }

        @Test
        void inboxAndReconciliationRequireStaffRoles() {
            for (String role : List.of("support", "service")) {
                withBearerToken(issueToken(newSubject(), role))
                        .post("/admin/v1/reconciliation")
                        .then()
                        .statusCode(403);
            }
            withBearerToken(issueToken(newSubject()))
                    .get("/admin/v1/inbox")
                    .then()
                    .statusCode(403);
            withBearerToken(issueToken(newSubject(), "support"))
                    .get("/admin/v1/inbox")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void unusualEventContentIsHandled() {
        String id = newEventId();

        deliver(eventJson(
                        id,
                        "invoice.paid",
                        "{\"object\": \"invoice\", \"note\": \"\\u0000 \\ud800\", \"subscription\": \"\\u0000\"}"))
                .then()
                .statusCode(200);
        TestPayments.runDueWork();

        assertThat(column("outcome", id)).isEqualTo("IGNORED");
    }

    @Test
    void operatorsListAndReplayWebhooks() {
        String id = newEventId();
        deliver(eventJson(id, "customer.deleted", "{\"object\": \"customer\", \"id\": \"cus_of_nobody\"}"))
                .then()
                .statusCode(200);
        TestPayments.runDueWork();
        String admin = issueToken(newSubject(), "admin");

        withBearerToken(admin)
                .get("/admin/v1/inbox?outcome=UNMATCHED&limit=1")
                .then()
                .statusCode(200)
                .body("items[0].event", is(id), "items[0].outcome", is("UNMATCHED"));
        withBearerToken(admin)
                .post("/admin/v1/inbox/" + id + "/replay")
                .then()
                .statusCode(200)
                .body("events", is(1));
        withBearerToken(admin).post("/admin/v1/inbox/evt_nothing/replay").then().statusCode(404);
        withBearerToken(admin)
                .body("{\"outcome\": \"UNMATCHED\", \"from\": \"2000-01-01T00:00:00Z\"}")
                .post("/admin/v1/inbox/replay")
                .then()
                .statusCode(200);
        TestPayments.runDueWork();
        assertThat(column("outcome", id)).isEqualTo("UNMATCHED");
    }
}
