package dev.gatefold.passes.startup;

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

/** Bounds of the settings of passes, and key files that cannot be used. */
class PassConfigCheckTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(textBlock = """
            edge-lifetime,         PT10M, PT11M
            edge-lifetime,         10S,   9S
            app-lifetime,          PT24H, PT24H1S
            offline-period,        P7D,   P8D
            offline-period,        PT0S,  PT-1S
            key-rotation-interval, P2D,   P1D
            app-lifetime,          P1D,   soon
            """)
    void settingOutOfBoundsIsReported(String setting, String valid, String invalid) {
        assertThat(settingErrors(setting, valid)).isEmpty();
        assertThat(settingErrors(setting, invalid))
                .singleElement()
                .asString()
                .startsWith(
                        "GATEFOLD_PASSES_" + setting.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    @Test
    void privateKeyWithPublicKeyIsRead() {
        EllipticCurveJsonWebKey keyPair = PemKeyFiles.generateKeyPair();
        Path file = PemKeyFiles.writePrivateKey(folder, keyPair, keyPair);

        assertThat(settingErrors("keys", file + ", " + file)).isEmpty();
        assertThat(SigningKeyFile.read(file).keyPair().getPublicKey()).isEqualTo(keyPair.getPublicKey());
        assertThat(SigningKeyFile.read(file).keyPair().getEcPrivateKey().getS())
                .isEqualTo(keyPair.getEcPrivateKey().getS());
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
