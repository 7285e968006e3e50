package dev.gatefold.passes;

import static dev.gatefold.Actors.advance;
import static dev.gatefold.Actors.moveClockTo;
import static dev.gatefold.Actors.now;
import static dev.gatefold.Actors.signedUp;
import static dev.gatefold.Actors.stranger;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.withRole;
import static dev.gatefold.passes.Bearers.claims;
import static dev.gatefold.passes.Bearers.give;
import static dev.gatefold.passes.Bearers.header;
import static dev.gatefold.passes.Bearers.keys;
import static dev.gatefold.passes.Bearers.pass;
import static dev.gatefold.passes.Bearers.revocations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.is;

import com.nimbusds.jose.proc.BadJOSEException;
import dev.gatefold.ServiceTest;
import dev.gatefold.web.SiteConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys over months. */
@ServiceTest
class KeyRotationTest {
    @Inject
    SiteConfig site;

    @Inject
    PassKeys stored;

    @Inject
    KeyRotation rotation;

    private Instant today;
    private String first;
    private String reader;

    @BeforeEach
    void beginWithOneKey() {
        today = now();
        first = rotate("?compromised=true").extract().path("kid");
        reader = signedUp();
        give(reader, "MEMBER", "membership", null);
    }

    @AfterEach
    void backToToday() {
        moveClockTo(today);
        rotate("?compromised=true");
    }

    @Test
    void aKeyIsPublishedBeforeItSignsAndKeptAfterIt() throws Exception {
        assertThat(published()).containsExactly(first);
        assertThat(signer()).isEqualTo(first);

        advance(Duration.ofDays(88));
        assertThat(published()).containsExactly(first);

        advance(Duration.ofDays(1));
        String second = published().getLast();
        assertThat(published()).containsExactly(first, second).doesNotHaveDuplicates();
        assertThat(signer()).isEqualTo(first);

        advance(Duration.ofHours(23));
        assertThat(signer()).isEqualTo(first);
        String last = pass(reader, "app");
        Instant relied = Instant.ofEpochSecond(claims(last).path("offline").asLong());

        advance(Duration.ofHours(1));
        assertThat(signer()).isEqualTo(second);
        assertThat(published()).containsExactly(first, second);
        assertThat(verify(last)).isNotNull();

        moveClockTo(relied);
        assertThat(published()).contains(first);

        advance(Duration.ofDays(2));
        assertThat(published()).containsExactly(second);
        assertThat(signer()).isEqualTo(second);
    }

    @Test
    void weekAfterWeek() throws Exception {
        for (int week = 0; week < 52; week++) {
            advance(Duration.ofDays(7));

            assertThat(published()).hasSizeBetween(1, 2).contains(signer());
            assertThat(verify(pass(reader, "edge"))).isNotNull();
        }
        assertThat(published()).doesNotContain(first);
    }

    @Test
    void aNewKeyIsBroughtInOnDemand() {
        String second = rotate("").extract().path("kid");
        assertThat(published()).containsExactly(first, second);
        assertThat(signer()).isEqualTo(first);
        // again, while one is on its way
        rotate("").body("kid", is(second));

        advance(Duration.ofDays(1));
        assertThat(signer()).isEqualTo(second);
        assertThat(published()).containsExactly(first, second);
    }

    @Test
    void aCompromisedKeyIsGoneAtOnce() throws Exception {
        String before = pass(reader, "app");
        rotate("");

        String second = rotate("?compromised=true").extract().path("kid");

        assertThat(published()).containsExactly(second);
        assertThat(signer()).isEqualTo(second);
        assertThatThrownBy(() -> verify(before)).isInstanceOf(BadJOSEException.class);
        assertThat(verify(pass(reader, "edge"))).isNotNull();
    }

    @Test
    void ofManyReplicasOneBringsASuccessorIn() throws Exception {
        Instant due = now().plus(Duration.ofDays(89));
        Callable<Void> replica = () -> {
            QuarkusTransaction.requiringNew().run(() -> rotation.tend(due));
            return null;
        };

        try (var replicas = Executors.newFixedThreadPool(8)) {
            for (var done : replicas.invokeAll(Collections.nCopies(16, replica))) {
                done.get();
            }
        }

        assertThat(stored.all().keys()).hasSize(2);
    }

    @Test
    void whereNoKeySignsOneIsMade() {
        QuarkusTransaction.requiringNew().run(stored::deleteAll);

        assertThat(signer()).isNotEqualTo(first);
    }

    @Test
    void onlyAnAdministratorTurnsTheKeys() {
        for (String role : List.of("reader", "service", "support")) {
            withRole(role).post("/admin/v1/pass-keys/rotation").then().statusCode(403);
        }
        stranger().post("/admin/v1/pass-keys/rotation").then().statusCode(403);
        visitor().post("/admin/v1/pass-keys/rotation").then().statusCode(401);
    }

    private static ValidatableResponse rotate(String query) {
        return withRole("admin")
                .post("/admin/v1/pass-keys/rotation" + query)
                .then()
                .statusCode(200);
    }

    private String signer() {
        return header(pass(reader, "edge")).path("kid").asText();
    }

    private Object verify(String pass) throws Exception {
        String audience = claims(pass).path("aud").asText();
        Instant at = Instant.ofEpochSecond(claims(pass).path("iat").asLong());
        return new Independent(keys(), revocations(), site.url().toString(), audience, at).verify(pass);
    }

    private static List<String> published() {
        return visitor()
                .get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .extract()
                .path("keys.kid");
    }
}
