package dev.gatefold.billing;

import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Events.deliver;
import static dev.gatefold.Events.event;
import static dev.gatefold.Events.secret;
import static dev.gatefold.Events.signature;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.gatefold.Actors;
import dev.gatefold.Payments;
import dev.gatefold.ServiceTest;
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

/** What Stripe is told, and what is kept. */
@ServiceTest
class WebhookTest {
    @Inject
    Session database;

    private static String fresh() {
        return "evt_" + UUID.randomUUID().toString().replace("-", "");
    }

    private long stored(String event) {
        return database.createNativeQuery("select count(*) from inbox where event = :event", Long.class)
                .setParameter("event", event)
                .getSingleResult();
    }

    private String column(String column, String event) {
        return database.createNativeQuery(
                        "select cast(%s as text) from inbox where event = :event".formatted(column), String.class)
                .setParameter("event", event)
                .getSingleResult();
    }

    @Nested
    class Accepted {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "application/json; charset=iso-8859-1",
                    "text/plain",
                    "application/x-thing"
                })
        void whateverTheContentIsSaidToBe(String type) {
            String id = fresh();
            byte[] body = event(id, "charge.succeeded", "{\"object\": \"charge\", \"note\": \"\uD83D\uDE00\"}")
                    .getBytes(StandardCharsets.UTF_8);

            given().config(io.restassured.config.RestAssuredConfig.config()
                            .encoderConfig(io.restassured.config.EncoderConfig.encoderConfig()
                                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                    .encodeContentTypeAs(type, io.restassured.http.ContentType.BINARY)))
                    .header("Content-Type", type)
                    .header("Stripe-Signature", signature(body, secret(), Actors.now()))
                    .body(body)
                    .post("/v1/webhooks/stripe")
                    .then()
                    .statusCode(200)
                    .body("event", is(id));
            assertThat(stored(id)).isEqualTo(1);
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
        void andHandledWithAnOutcomeWhateverItIs(String body) {
            String id = fresh();

            deliver(body.formatted(id)).then().statusCode(200);
            Payments.settle();

            assertThat(column("outcome", id)).isNotNull();
            assertThat(column("outcome", id)).isNotEqualTo("FAILED");
        }

        @Test
        void oftenAtOnceAndKeptOnce() throws Exception {
            String body = event(fresh(), "invoice.paid", "{\"object\": \"invoice\"}");
            String id = body.substring(body.indexOf("evt_"), body.indexOf("evt_") + 36);
            Callable<Integer> delivery = () -> deliver(body).statusCode();

            try (var threads = Executors.newFixedThreadPool(25)) {
                var answers = threads.invokeAll(
                        IntStream.range(0, 50).mapToObj(_ -> delivery).toList());
                for (var answer : answers) {
                    assertThat(answer.get()).isEqualTo(200);
                }
            }
            assertThat(stored(id)).isEqualTo(1);
            assertThat(column("deliveries", id)).isEqualTo("50");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"livemode\": true", "\"account\": \"acct_other\""})
        void andIgnoredWhereItIsNotMeantForUs(String member) {
            String id = fresh();

            deliver("{\"id\": \"%s\", \"type\": \"invoice.paid\", %s, \"data\": {\"object\": {}}}"
                            .formatted(id, member))
                    .then()
                    .statusCode(200);

            assertThat(column("outcome", id)).isEqualTo("IGNORED");
        }

        @Test
        void byteForByte() {
            String id = fresh();
            String pretty = event(id, "charge.succeeded", "{\n\n  \"object\" :   \"charge\" }") + "\n\n";

            deliver(pretty).then().statusCode(200);

            assertThat(column("convert_from(body, 'UTF8')", id)).isEqualTo(pretty);
        }
    }

    @Nested
    class Refused {
        @ParameterizedTest
        @ValueSource(strings = {"-301", "301", "-86400", "31536000"})
        void whereItWasNotSignedLately(long seconds) {
            String id = fresh();
            byte[] body = event(id, "invoice.paid", "{}").getBytes(StandardCharsets.UTF_8);

            deliver(body, signature(body, secret(), Actors.now().plusSeconds(seconds)))
                    .then()
                    .statusCode(400);

            assertThat(stored(id)).isZero();
        }

        @Test
        void whereItWasSignedByNobodyOrSomebodyElse() {
            String id = fresh();
            byte[] body = event(id, "invoice.paid", "{}").getBytes(StandardCharsets.UTF_8);
            Instant now = Actors.now();
            String good = signature(body, secret(), now);

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
            assertThat(stored(id)).isZero();
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
        void whereItIsSignedAndNoEvent(String body) {
            deliver(body).then().statusCode(400);
        }

        @Test
        void whereItIsSignedAndMonstrous() {
            deliver("[".repeat(100_000)).then().statusCode(400);
            deliver("{\"id\": \"evt_" + "x".repeat(300) + "\", \"type\": \"invoice.paid\"}")
                    .then()
                    .statusCode(400);
            deliver(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2}).then().statusCode(400);
            deliver(new byte[25 * 1024 * 1024]).then().statusCode(413);
        }

        @Test
        void andToldOfAsAnybodyElse() {
            for (String role : List.of("support", "service")) {
                bearer(token(someone(), role))
                        .post("/admin/v1/reconciliation")
                        .then()
                        .statusCode(403);
            }
            bearer(token(someone())).get("/admin/v1/inbox").then().statusCode(403);
            bearer(token(someone(), "support")).get("/admin/v1/inbox").then().statusCode(200);
        }
    }

    @Test
    void whatIsOddInsideAnEventDoesNoHarm() {
        String id = fresh();

        deliver(event(
                        id,
                        "invoice.paid",
                        "{\"object\": \"invoice\", \"note\": \"\\u0000 \\ud800\", \"subscription\": \"\\u0000\"}"))
                .then()
                .statusCode(200);
        Payments.settle();

        assertThat(column("outcome", id)).isEqualTo("IGNORED");
    }

    @Test
    void operatorsSeeWhatCameInAndHaveItHandledAgain() {
        String id = fresh();
        deliver(event(id, "customer.deleted", "{\"object\": \"customer\", \"id\": \"cus_of_nobody\"}"))
                .then()
                .statusCode(200);
        Payments.settle();
        String admin = token(someone(), "admin");

        bearer(admin)
                .get("/admin/v1/inbox?outcome=UNMATCHED&limit=1")
                .then()
                .statusCode(200)
                .body("items[0].event", is(id), "items[0].outcome", is("UNMATCHED"));
        bearer(admin)
                .post("/admin/v1/inbox/" + id + "/replay")
                .then()
                .statusCode(200)
                .body("events", is(1));
        bearer(admin).post("/admin/v1/inbox/evt_nothing/replay").then().statusCode(404);
        bearer(admin)
                .body("{\"outcome\": \"UNMATCHED\", \"from\": \"2000-01-01T00:00:00Z\"}")
                .post("/admin/v1/inbox/replay")
                .then()
                .statusCode(200);
        Payments.settle();
        assertThat(column("outcome", id)).isEqualTo("UNMATCHED");
    }
}
