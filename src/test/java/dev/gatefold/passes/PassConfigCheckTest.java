package dev.gatefold.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.passes.keys.PemKeyFiles;
import dev.gatefold.passes.keys.SigningKeyFile;
import dev.gatefold.platform.startup.StartupSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator may set, and what is told. */
class PassConfigCheckTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(textBlock = """
            edge,      PT10M, PT11M
            edge,      10S,   9S
            app,       PT24H, PT24H1S
            offline,   P7D,   P8D
            offline,   PT0S,  PT-1S
            key-rotation-interval, P2D,   P1D
            app,       P1D,   soon
            """)
    void settingOutOfBoundsIsReported(String setting, String within, String beyond) {
        assertThat(settingErrors(setting, within)).isEmpty();
        assertThat(settingErrors(setting, beyond))
                .singleElement()
                .asString()
                .startsWith(
                        "GATEFOLD_PASSES_" + setting.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    @Test
    void privateKeyWithPublicKeyIsRead() {
        EllipticCurveJsonWebKey pair = PemKeyFiles.generateKeyPair();
        Path file = PemKeyFiles.writePrivateKey(folder, pair, pair);

        assertThat(settingErrors("keys", file + ", " + file)).isEmpty();
        assertThat(SigningKeyFile.read(file).pair().getPublicKey()).isEqualTo(pair.getPublicKey());
        assertThat(SigningKeyFile.read(file).pair().getEcPrivateKey().getS())
                .isEqualTo(pair.getEcPrivateKey().getS());
    }

    @Test
    void mismatchedPublicKeyIsReported() {
        assertKeyFileReported(
                PemKeyFiles.writePrivateKey(folder, PemKeyFiles.generateKeyPair(), PemKeyFiles.generateKeyPair()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1"})
    void missingPublicKeyIsReported(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));

        assertKeyFileReported(PemKeyFiles.writePrivateKey(
                folder, generator.generateKeyPair().getPrivate().getEncoded()));
    }

    @Test
    void invalidKeyFileIsReported() throws GeneralSecurityException {
        assertKeyFileReported(folder.resolve("none.pem"));
        assertKeyFileReported(folder);
        assertKeyFileReported(PemKeyFiles.writePrivateKey(folder, "no key".getBytes(StandardCharsets.UTF_8)));
        assertKeyFileReported(PemKeyFiles.writePrivateKey(
                folder,
                KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded()));
    }

    private static void assertKeyFileReported(Path file) {
        assertThat(settingErrors("keys", file.toString()))
                .singleElement()
                .asString()
                .startsWith("GATEFOLD_PASSES_KEYS names " + file + ", wh");
    }

    private static List<String> settingErrors(String setting, String value) {
        var source = new PropertiesConfigSource(Map.of("gatefold.passes." + setting, value), "operator", 100);
        var settings = new StartupSettings(
                new SmallRyeConfigBuilder().withSources(source).build());
        new PassConfigCheck().check(settings);
        return settings.errors();
    }
}
