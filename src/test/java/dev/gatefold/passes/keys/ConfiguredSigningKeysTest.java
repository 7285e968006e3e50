package dev.gatefold.passes.keys;

import static dev.gatefold.passes.PassFixtures.header;
import static dev.gatefold.passes.PassFixtures.pass;
import static dev.gatefold.testing.TestCallers.advanceClock;
import static dev.gatefold.testing.TestCallers.newTrialToken;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withRole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.gatefold.testing.ServiceTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.junit.jupiter.api.Test;

/** Signing keys that the operator provides in files. */
@ServiceTest
@TestProfile(ConfiguredSigningKeysTest.TwoOperatorKeysProfile.class)
class ConfiguredSigningKeysTest {
    /** Configures two key files. */
    public static final class TwoOperatorKeysProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gatefold.passes.keys", file() + "," + file());
        }

        private static Path file() {
            EllipticCurveJsonWebKey keyPair = PemKeyFiles.generateKeyPair();
            return PemKeyFiles.writePrivateKey(Path.of("target"), keyPair, keyPair);
        }
    }

    @ConfigProperty(name = "gatefold.passes.keys")
    List<Path> files;

    @Test
    void firstOperatorKeySignsAndAllArePublished() {
        List<String> keyIds = files.stream()
                .map(SigningKeyFile::read)
                .map(PassSigningKey::kid)
                .toList();
        assertThat(publishedKeyIds()).isEqualTo(keyIds).hasSize(2);
        assertThat(header(pass(newTrialToken(), "edge")).path("kid").asText()).isEqualTo(keyIds.getFirst());

        advanceClock(Duration.ofDays(400));
        assertThat(publishedKeyIds()).isEqualTo(keyIds);
    }

    @Test
    void operatorKeysCannotBeRotatedByApi() {
        withRole("admin")
                .post("/admin/v1/pass-keys/rotation?compromised=true")
                .then()
                .statusCode(409)
                .body("code", is("keys-configured"));
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
