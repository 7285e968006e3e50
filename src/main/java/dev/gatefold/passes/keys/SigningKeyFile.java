package dev.gatefold.passes.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Reads an EC P-256 key pair from a PEM file (PKCS#8 with the public key), as {@code openssl genpkey} writes it. */
public final class SigningKeyFile {
    /**
     * The bytes before the public key at the end of the file (RFC 5915): a bit string with an uncompressed point. The JDK
     * reads only the private key, so the public key is parsed here.
     */
    private static final byte[] PUBLIC_KEY_PREFIX = HexFormat.of().parseHex("a14403420004");

    private static final int COORDINATE_BYTES = 32;

    private SigningKeyFile() {}

    /**
     * Reads the key pair in a file.
     *
     * @throws IllegalArgumentException if the file cannot be read or has no such key pair; the message completes a
     *     sentence that begins with the name of a setting: "names FILE, which …"
     */
    public static PassSigningKey read(Path file) {
        byte[] der = der(readText(file));
        try {
            ECPrivateKey privateKey =
                    (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
            EllipticCurveJsonWebKey keyPair = new EllipticCurveJsonWebKey(publicKey(der, privateKey));
            if (!EllipticCurves.P_256.equals(keyPair.getCurveName())) {
                throw new IllegalArgumentException("names " + file + ", whose key is not on the curve P-256");
            }
            keyPair.setPrivateKey(privateKey);
            return requireMatchingKeys(new PassSigningKey(PassSigningKey.withKeyId(keyPair)));
        } catch (GeneralSecurityException | JoseException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "names " + file + ", which is not an EC key as openssl genpkey writes it (PKCS#8, PEM)", e);
        }
    }

    /**
     * Returns the text of a file.
     *
     * @throws IllegalArgumentException as {@link #read} does, if the file cannot be read
     */
    static String readText(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("names " + file + ", which cannot be read", e);
        }
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", ""));
    }

    private static ECPublicKey publicKey(byte[] der, ECPrivateKey privateKey) throws GeneralSecurityException {
        int x = der.length - 2 * COORDINATE_BYTES;
        int y = der.length - COORDINATE_BYTES;
        int prefix = x - PUBLIC_KEY_PREFIX.length;
        if (prefix < 0 || !Arrays.equals(der, prefix, x, PUBLIC_KEY_PREFIX, 0, PUBLIC_KEY_PREFIX.length)) {
            throw new GeneralSecurityException("The public key is missing");
        }
        ECPoint point = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(der, x, y)),
                new BigInteger(1, Arrays.copyOfRange(der, y, der.length)));
        return (ECPublicKey)
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, privateKey.getParams()));
    }

    /** Signs and verifies a probe: a pass signed with a private key of another pair could not be verified. */
    private static PassSigningKey requireMatchingKeys(PassSigningKey key)
            throws GeneralSecurityException, JoseException {
        JsonWebSignature probe = new JsonWebSignature();
        probe.setCompactSerialization(key.sign("{}"));
        probe.setKey(key.keyPair().getPublicKey());
        if (!probe.verifySignature()) {
            throw new GeneralSecurityException("The public key does not match the private key");
        }
        return key;
    }
}
