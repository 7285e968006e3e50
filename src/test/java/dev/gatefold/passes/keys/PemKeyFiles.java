package dev.gatefold.passes.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Writes key files as {@code openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256} does. */
public final class PemKeyFiles {
    private static final String PRIVATE_KEY_PREFIX =
            "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420";
    private static final String PUBLIC_KEY_PREFIX = "a14403420004";

    private PemKeyFiles() {}

    public static EllipticCurveJsonWebKey generateKeyPair() {
        try {
            return EcJwkGenerator.generateJwk(EllipticCurves.P256);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    public static Path writePrivateKey(
            Path folder, EllipticCurveJsonWebKey privateKey, EllipticCurveJsonWebKey publicKey) {
        var point = publicKey.getECPublicKey().getW();
        String der = PRIVATE_KEY_PREFIX
                + hex(privateKey.getEcPrivateKey().getS())
                + PUBLIC_KEY_PREFIX
                + hex(point.getAffineX())
                + hex(point.getAffineY());
        return writePrivateKey(folder, HexFormat.of().parseHex(der));
    }

    public static Path writePrivateKey(Path folder, byte[] der) {
        String text = Base64.getMimeEncoder().encodeToString(der);
        try {
            return Files.writeString(
                    Files.createTempFile(folder, "key", ".pem"),
                    "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hex(BigInteger number) {
        return "%064x".formatted(number);
    }
}
