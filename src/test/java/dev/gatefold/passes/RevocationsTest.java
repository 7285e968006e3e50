package dev.gatefold.passes;

import static dev.gatefold.Actors.advance;
import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.moveClockTo;
import static dev.gatefold.Actors.now;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.passes.Bearers.claims;
import static dev.gatefold.passes.Bearers.give;
import static dev.gatefold.passes.Bearers.pass;
import static dev.gatefold.passes.Bearers.takeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatefold.ServiceTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passes are void before they expire, and who is told. */
@ServiceTest
class RevocationsTest {
    @Inject
    Revocations revocations;

    @Inject
    IssuedPasses issued;

    @Inject
    Session database;

    private Instant today;

    @BeforeEach
    void note() {
        today = now();
    }

    @AfterEach
    void backToToday() {
        moveClockTo(today);
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge", "app"})
    void aPassIsVoidWithinFiveSecondsOfAChangeAnywhere(String audience) {
        JsonNode claims = claims(pass(inTrial(), audience));
        String reader = inTrial();
        JsonNode overtaken = claims(pass(reader, audience));
        assertThat(least(overtaken)).isEmpty();

        takeAll(reader);

        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(least(overtaken)).hasValue(2));
        assertThat(overtaken.path("version").asLong()).isLessThan(2);
        assertThat(least(claims)).isEmpty();
    }

    @Test
    void aPassThatIsFetchedAgainIsGood() {
        String reader = inTrial();
        JsonNode overtaken = claims(pass(reader, "edge"));
        give(reader, "GIFT", "membership", null);
        JsonNode good = claims(pass(reader, "edge"));
        refresh();

        assertThat(least(overtaken)).hasValue(2);
        assertThat(good.path("version").asLong()).isEqualTo(2);
    }

    @Test
    void nobodyIsListedForLongerThanAPassLivesThatIsVoid() {
        String reader = inTrial();
        JsonNode overtaken = claims(pass(reader, "edge"));
        give(reader, "GIFT", "membership", null);
        advance(Duration.ofMinutes(5));
        // good until after the other has expired
        pass(reader, "edge");
        refresh();
        assertThat(least(overtaken)).hasValue(2);

        advance(Duration.ofMinutes(5));

        assertThat(least(overtaken)).isEmpty();
    }

    @Test
    void whoseNewPassIsOvertakenTooStaysListed() {
        String reader = inTrial();
        JsonNode first = claims(pass(reader, "edge"));
        give(reader, "GIFT", "membership", null);
        pass(reader, "edge");
        give(reader, "GIFT", "membership", null);
        refresh();

        assertThat(least(first)).hasValue(3);
    }

    @Test
    void anAppsPassIsListedForAsLongAsItIsReliedOnOffline() {
        String reader = inTrial();
        JsonNode overtaken = claims(pass(reader, "app"));
        give(reader, "GIFT", "membership", null);

        advance(Duration.ofDays(7).minusMinutes(1));
        assertThat(least(overtaken)).hasValue(2);

        advance(Duration.ofMinutes(1));
        assertThat(least(overtaken)).isEmpty();
    }

    @Test
    void aReplicaThatKnewLessGivesAPassThatIsVoidFromTheStart() {
        String reader = inTrial();
        UUID account = UUID.fromString(bearer(reader).get("/v1/me").path("id"));
        give(reader, "GIFT", "membership", null);
        JsonNode good = claims(pass(reader, "edge"));
        refresh();
        assertThat(least(good)).isEmpty();

        issued.record(account, Audience.EDGE, 1, now().plusSeconds(60));
        refresh();
        assertThat(least(good)).hasValue(2);

        advance(Duration.ofSeconds(60));
        assertThat(least(good)).isEmpty();
    }

    @Test
    void theListIsForEverybodyAndForTwoSeconds() {
        visitor()
                .get("/v1/passes/revocations")
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("max-age=2"))
                .body("items", notNullValue(), "asOf", notNullValue());
    }

    @Test
    void whoHasTheListIsToldThatItIsTheSame() {
        String reader = inTrial();
        pass(reader, "edge");
        refresh();
        String tag = list().header("ETag");
        assertThat(tag).startsWith("\"");

        advance(Duration.ofSeconds(3));
        asking(tag).then().statusCode(304);

        takeAll(reader);
        refresh();
        Response changed = asking(tag);
        changed.then().statusCode(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void whatIsDeadIsForgotten() {
        pass(inTrial(), "edge");
        pass(inTrial(), "app");
        advance(Duration.ofDays(8));
        assertThat(dead()).isGreaterThanOrEqualTo(2);

        revocations.forgetDead();

        assertThat(dead()).isZero();
    }

    private long dead() {
        Instant now = now();
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select count(*) from issued_pass where lives_until <= :now", Long.class)
                        .setParameter("now", now)
                        .getSingleResult());
    }

    private static Response list() {
        return visitor().get("/v1/passes/revocations");
    }

    private static Response asking(String tag) {
        return visitor().header("If-None-Match", tag).get("/v1/passes/revocations");
    }

    /** Lets what is remembered for a second be out of date. */
    private static void refresh() {
        advance(Duration.ofSeconds(1));
    }

    /** The least version that is good of whom a pass names; empty where every one is. */
    private static OptionalLong least(JsonNode claims) {
        Integer version = list().path("items.find { it.sub == '%s' }?.version"
                .formatted(claims.path("sub").asText()));
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }
}
