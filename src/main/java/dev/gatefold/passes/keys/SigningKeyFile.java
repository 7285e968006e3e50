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

/** A key in a file: PKCS#8, in PEM, with its public half, as {@code openssl} writes it. */
public final class SigningKeyFile {
    /** How the public half begins that ends the file (RFC 5915): a bit string that holds a point, not compressed. */
    private static final byte[] POINT = HexFormat.of().parseHex("a14403420004");

    private static final int NUMBER = 32;

    private SigningKeyFile() {}

    /** Throws, with what is wrong with it, where it is none. */
    public static PassSigningKey read(Path file) {
        byte[] der = der(file);
        try {
            ECPrivateKey secret =
                    (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
            EllipticCurveJsonWebKey pair = new EllipticCurveJsonWebKey(publicHalf(der, secret));
            if (!EllipticCurves.P_256.equals(pair.getCurveName())) {
                throw new IllegalArgumentException("names " + file + ", whose key is not of the curve P-256");
            }
            pair.setPrivateKey(secret);
            return proved(new PassSigningKey(PassSigningKey.withKeyId(pair)));
        } catch (GeneralSecurityException | JoseException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "names " + file + ", which holds no EC key as openssl genpkey writes it (PKCS#8, PEM)", e);
        }
    }

    private static byte[] der(Path file) {
        try {
            String base64 = Files.readString(file).replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "");
            return Base64.getMimeDecoder().decode(base64);
        } catch (IOException e) {
            throw new IllegalArgumentException("names " + file + ", which cannot be read", e);
        }
    }

    private static ECPublicKey publicHalf(byte[] der, ECPrivateKey secret) throws GeneralSecurityException {
        int x = der.length - 2 * NUMBER;
        int y = der.length - NUMBER;
        if (x < POINT.length || !Arrays.equals(der, x - POINT.length, x, POINT, 0, POINT.length)) {
            throw new GeneralSecurityException("The public half is missing");
        }
        ECPoint point = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(der, x, y)),
                new BigInteger(1, Arrays.copyOfRange(der, y, der.length)));
        return (ECPublicKey)
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, secret.getParams()));
    }

    /** The two halves belong together. */
    private static PassSigningKey proved(PassSigningKey key) throws GeneralSecurityException, JoseException {
        JsonWebSignature probe = new JsonWebSignature();
        probe.setCompactSerialization(key.sign("{}"));
        probe.setKey(key.pair().getPublicKey());
        if (!probe.verifySignature()) {
            throw new GeneralSecurityException("The halves are of two keys");
        }
        return key;
    }
}
