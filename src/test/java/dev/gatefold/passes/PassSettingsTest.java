package dev.gatefold.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator may set, and what is told. */
class PassSettingsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(textBlock = """
            edge,      PT10M, PT11M
            edge,      10S,   9S
            app,       PT24H, PT24H1S
            offline,   P7D,   P8D
            offline,   PT0S,  PT-1S
            key-signs, P2D,   P1D
            app,       P1D,   soon
            """)
    void aBoundIsKept(String setting, String within, String beyond) {
        assertThat(faults(setting, within)).isEmpty();
        assertThat(faults(setting, beyond)).singleElement().asString().startsWith("gatefold.passes." + setting);
    }

    @Test
    void aKeyIsReadWithItsPublicHalf() {
        EllipticCurveJsonWebKey pair = Pem.pair();
        Path file = Pem.write(folder, pair, pair);

        assertThat(faults("keys", file + ", " + file)).isEmpty();
        assertThat(KeyFile.read(file).pair().getPublicKey()).isEqualTo(pair.getPublicKey());
        assertThat(KeyFile.read(file).pair().getEcPrivateKey().getS())
                .isEqualTo(pair.getEcPrivateKey().getS());
    }

    @Test
    void aKeyWithThePublicHalfOfAnotherIsAFault() {
        isAFault(Pem.write(folder, Pem.pair(), Pem.pair()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1"})
    void aKeyWithoutItsPublicHalfIsAFault(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));

        isAFault(Pem.write(folder, generator.generateKeyPair().getPrivate().getEncoded()));
    }

    @Test
    void whatIsNoKeyIsAFault() throws GeneralSecurityException {
        isAFault(folder.resolve("none.pem"));
        isAFault(folder);
        isAFault(Pem.write(folder, "no key".getBytes(StandardCharsets.UTF_8)));
        isAFault(Pem.write(
                folder,
                KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded()));
    }

    private static void isAFault(Path file) {
        assertThat(faults("keys", file.toString()))
                .singleElement()
                .asString()
                .startsWith("gatefold.passes.keys names " + file + ", wh");
    }

    private static List<String> faults(String setting, String value) {
        Map<String, String> settings = Map.of("gatefold.passes." + setting, value);
        List<String> faults = new ArrayList<>();
        PassSettings.check(
                property -> Optional.ofNullable(settings.get(property)),
                (property, detail) -> faults.add(property + " " + detail));
        return faults;
    }
}
