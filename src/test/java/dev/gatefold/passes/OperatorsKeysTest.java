package dev.gatefold.passes;

import static dev.gatefold.Actors.advance;
import static dev.gatefold.Actors.inTrial;
import static dev.gatefold.Actors.moveClockTo;
import static dev.gatefold.Actors.now;
import static dev.gatefold.Actors.visitor;
import static dev.gatefold.Actors.withRole;
import static dev.gatefold.passes.Bearers.header;
import static dev.gatefold.passes.Bearers.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.gatefold.ServiceTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.junit.jupiter.api.Test;

/** An operator who brings the keys also turns them. */
@ServiceTest
@TestProfile(OperatorsKeysTest.TwoKeys.class)
class OperatorsKeysTest {
    /** Two keys in files. */
    public static final class TwoKeys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gatefold.passes.keys", file() + "," + file());
        }

        private static Path file() {
            EllipticCurveJsonWebKey pair = Pem.pair();
            return Pem.write(Path.of("target"), pair, pair);
        }
    }

    @ConfigProperty(name = "gatefold.passes.keys")
    List<Path> files;

    @Test
    void theFirstSignsAndAllArePublishedForAsLongAsTheyAreSet() {
        List<String> names =
                files.stream().map(KeyFile::read).map(SigningKey::kid).toList();
        assertThat(published()).isEqualTo(names).hasSize(2);
        assertThat(header(pass(inTrial(), "edge")).path("kid").asText()).isEqualTo(names.getFirst());

        Instant today = now();
        advance(Duration.ofDays(400));
        assertThat(published()).isEqualTo(names);
        moveClockTo(today);
    }

    @Test
    void nobodyElseTurnsThem() {
        withRole("admin")
                .post("/admin/v1/pass-keys/rotation?compromised=true")
                .then()
                .statusCode(409)
                .body("code", is("keys-configured"));
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
