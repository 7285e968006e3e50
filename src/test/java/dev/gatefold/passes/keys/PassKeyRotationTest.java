package dev.gatefold.passes.keys;

import static dev.gatefold.passes.PassFixtures.claims;
import static dev.gatefold.passes.PassFixtures.grantEntitlement;
import static dev.gatefold.passes.PassFixtures.header;
import static dev.gatefold.passes.PassFixtures.pass;
import static dev.gatefold.passes.PassFixtures.publishedKeys;
import static dev.gatefold.passes.PassFixtures.publishedRevocations;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.moveClockTo;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.serviceNow;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withRole;
import static dev.gatefold.testing.TestCallers.withoutAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.is;

import com.nimbusds.jose.proc.BadJOSEException;
import dev.gatefold.passes.IndependentPassVerifier;
import dev.gatefold.testing.ServiceTest;
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

/** Generation, publication and removal of the signing keys over months. */
@ServiceTest
class PassKeyRotationTest {
    @Inject
    SiteConfig site;

    @Inject
    StoredSigningKeys stored;

    @Inject
    PassKeyRotation rotation;

    private String first;
    private String reader;

    @BeforeEach
    void resetToOneKey() {
        first = rotate("?compromised=true").extract().path("kid");
        reader = newAccountToken();
        grantEntitlement(reader, "MEMBER", "membership", null);
    }

    @AfterEach
    void leaveOneKey() {
        rotate("?compromised=true");
    }

    @Test
    void keyIsPublishedBeforeAndAfterItsSigningPeriod() throws Exception {
        assertThat(publishedKeyIds()).containsExactly(first);
        assertThat(signingKeyId()).isEqualTo(first);

        advanceClock(Duration.ofDays(88));
        assertThat(publishedKeyIds()).containsExactly(first);

        advanceClock(Duration.ofDays(1));
        String second = publishedKeyIds().getLast();
        assertThat(publishedKeyIds()).containsExactly(first, second).doesNotHaveDuplicates();
        assertThat(signingKeyId()).isEqualTo(first);

        advanceClock(Duration.ofHours(23));
        assertThat(signingKeyId()).isEqualTo(first);
        String last = pass(reader, "app");
        Instant offlineUntil =
                Instant.ofEpochSecond(claims(last).path("offline").asLong());

        advanceClock(Duration.ofHours(1));
        assertThat(signingKeyId()).isEqualTo(second);
        assertThat(publishedKeyIds()).containsExactly(first, second);
        assertThat(verify(last)).isNotNull();

        moveClockTo(offlineUntil);
        assertThat(publishedKeyIds()).contains(first);

        advanceClock(Duration.ofDays(2));
        assertThat(publishedKeyIds()).containsExactly(second);
        assertThat(signingKeyId()).isEqualTo(second);
    }

    @Test
    void passesVerifyThroughWeeksOfRotation() throws Exception {
        for (int week = 0; week < 52; week++) {
            advanceClock(Duration.ofDays(7));

            assertThat(publishedKeyIds()).hasSizeBetween(1, 2).contains(signingKeyId());
            assertThat(verify(pass(reader, "edge"))).isNotNull();
        }
        assertThat(publishedKeyIds()).doesNotContain(first);
    }

    @Test
    void rotationOnDemandAddsKey() {
        String second = rotate("").extract().path("kid");
        assertThat(publishedKeyIds()).containsExactly(first, second);
        assertThat(signingKeyId()).isEqualTo(first);
        // a second request returns the announced key
        rotate("").body("kid", is(second));

        advanceClock(Duration.ofDays(1));
        assertThat(signingKeyId()).isEqualTo(second);
        assertThat(publishedKeyIds()).containsExactly(first, second);
    }

    @Test
    void compromisedKeyIsRemovedImmediately() throws Exception {
        String before = pass(reader, "app");
        rotate("");

        String second = rotate("?compromised=true").extract().path("kid");

        assertThat(publishedKeyIds()).containsExactly(second);
        assertThat(signingKeyId()).isEqualTo(second);
        assertThatThrownBy(() -> verify(before)).isInstanceOf(BadJOSEException.class);
        assertThat(verify(pass(reader, "edge"))).isNotNull();
    }

    @Test
    void concurrentRotationAddsOneSuccessor() throws Exception {
        Instant due = serviceNow().plus(Duration.ofDays(89));
        Callable<Void> replica = () -> {
            QuarkusTransaction.requiringNew().run(() -> rotation.rotateIfDue(due));
            return null;
        };

        try (var replicas = Executors.newFixedThreadPool(8)) {
            for (var done : replicas.invokeAll(Collections.nCopies(16, replica))) {
                done.get();
            }
        }

        assertThat(stored.schedule().keys()).hasSize(2);
    }

    @Test
    void missingSigningKeyIsCreated() {
        QuarkusTransaction.requiringNew().run(stored::deleteAll);

        assertThat(signingKeyId()).isNotEqualTo(first);
    }

    @Test
    void rotationRequiresAdminRole() {
        for (String role : List.of("reader", "service", "support")) {
            withRole(role).post("/admin/v1/pass-keys/rotation").then().statusCode(403);
        }
        withoutAccount().post("/admin/v1/pass-keys/rotation").then().statusCode(403);
        visitor().post("/admin/v1/pass-keys/rotation").then().statusCode(401);
    }

    private static ValidatableResponse rotate(String query) {
        return withRole("admin")
                .post("/admin/v1/pass-keys/rotation" + query)
                .then()
                .statusCode(200);
    }

    private String signingKeyId() {
        return header(pass(reader, "edge")).path("kid").asText();
    }

    private Object verify(String pass) throws Exception {
        String audience = claims(pass).path("aud").asText();
        Instant at = Instant.ofEpochSecond(claims(pass).path("iat").asLong());
        return new IndependentPassVerifier(
                        publishedKeys(), publishedRevocations(), site.url().toString(), audience, at)
                .verify(pass);
    }

    private static List<String> publishedKeyIds() {
        return visitor()
                .get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .extract()
                .path("keys.kid");
    }
}
