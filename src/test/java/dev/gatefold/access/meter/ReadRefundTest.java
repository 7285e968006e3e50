package dev.gatefold.access.meter;

import static dev.gatefold.testing.TestCallers.METERED;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.newVisitorToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestCallers.withRole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.TestGrants;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports of reads that did not load. */
@ServiceTest
class ReadRefundTest {
    private String visitor;

    @BeforeEach
    void createVisitor() {
        visitor = newVisitorToken();
    }

    private RequestSpecification currentVisitor() {
        return visitor(visitor);
    }

    private String recordRead(String article) {
        return recordRead(currentVisitor(), article);
    }

    private static String recordRead(RequestSpecification who, String article) {
        String key = UUID.randomUUID().toString();
        who.header("Idempotency-Key", key)
                .body(Map.of("url", METERED + article))
                .post("/v1/reads")
                .then()
                .statusCode(200);
        return key;
    }

    private ValidatableResponse reportNotLoaded(String key) {
        return currentVisitor().post("/v1/reads/" + key + "/not-loaded").then();
    }

    private int usedArticles() {
        return currentVisitor()
                .queryParam("url", METERED + "x")
                .get("/v1/access")
                .path("meter.used");
    }

    @Test
    void refundRestoresMeterOnce() {
        recordRead("a");
        String key = recordRead("b");
        assertThat(usedArticles()).isEqualTo(2);

        reportNotLoaded(key).statusCode(200).body("givenBack", is(true));
        assertThat(usedArticles()).isEqualTo(1);

        reportNotLoaded(key).statusCode(200).body("givenBack", is(false));
        assertThat(usedArticles()).isEqualTo(1);
    }

    @Test
    void keyOfRefundedReadCannotBeReused() {
        String key = recordRead("a");
        reportNotLoaded(key).body("givenBack", is(true));

        currentVisitor()
                .header("Idempotency-Key", key)
                .body(Map.of("url", METERED + "a"))
                .post("/v1/reads")
                .then()
                .statusCode(422);
    }

    @Test
    void articleReadAgainStaysChargedAfterFirstRefund() {
        String first = recordRead("a");
        String again = recordRead("a");

        reportNotLoaded(first).body("givenBack", is(false));
        assertThat(usedArticles()).isEqualTo(1);

        reportNotLoaded(again).body("givenBack", is(true));
        assertThat(usedArticles()).isZero();
    }

    @Test
    void refundsAreLimitedPerMeterPeriod() {
        for (String article : new String[] {"a", "b", "c"}) {
            reportNotLoaded(recordRead(article)).body("givenBack", is(true));
        }

        reportNotLoaded(recordRead("d")).body("givenBack", is(false));
        assertThat(usedArticles()).isEqualTo(1);
    }

    @Test
    void refundAfterTenMinutesIsRefused() {
        String key = recordRead("a");

        advanceClock(Duration.ofMinutes(10));

        reportNotLoaded(key).statusCode(409).body("code", is("too-late"));
        assertThat(usedArticles()).isEqualTo(1);
    }

    @Test
    void refundOfAnotherReadersReadIsRefused() {
        String key = recordRead("a");

        visitor(newVisitorToken())
                .post("/v1/reads/" + key + "/not-loaded")
                .then()
                .statusCode(404);
        visitor().post("/v1/reads/" + key + "/not-loaded").then().statusCode(404);
        reportNotLoaded("no-such-key").statusCode(404);
        assertThat(usedArticles()).isEqualTo(1);
    }

    @Test
    void refundIsPossibleAfterSignUp() {
        String key = recordRead("a");
        String reader = issueToken(newSubject());
        withBearerToken(reader)
                .header("X-Visitor", visitor)
                .post("/v1/accounts")
                .then()
                .statusCode(201);

        withBearerToken(reader)
                .header("X-Visitor", visitor)
                .post("/v1/reads/" + key + "/not-loaded")
                .then()
                .statusCode(200)
                .body("givenBack", is(true));

        withBearerToken(reader)
                .queryParam("url", METERED + "x")
                .get("/v1/access")
                .then()
                .body("meter.used", is(0));
    }

    @Test
    void serviceRequestsRefundForReader() {
        String reader = newAccountToken();
        String key = recordRead(withBearerToken(reader), "a");

        withRole("service")
                .body(Map.of("subject", TestGrants.subjectOf(reader)))
                .post("/v1/reads/" + key + "/not-loaded")
                .then()
                .body("givenBack", is(true));
    }
}
