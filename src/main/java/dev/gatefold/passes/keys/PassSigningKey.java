package dev.gatefold.passes.keys;

import org.jose4j.base64url.Base64Url;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * An EC P-256 key pair that signs passes with ES256.
 *
 * @param keyPair with key ID, use and algorithm; contains the private key, so it must not be logged
 */
public record PassSigningKey(EllipticCurveJsonWebKey keyPair) {
    /** Header {@code typ} of a pass, which distinguishes it from an access token. */
    public static final String TYPE = "entitlement+jwt";

    private static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
    private static final int KEY_ID_LENGTH = 16;

    /** Length of an ES256 signature, two numbers of 32 bytes, in Base64url. */
    private static final int SIGNATURE_LENGTH = 86;

    /** Sets the key ID, which is the beginning of the thumbprint (RFC 7638), the use and the algorithm of a key pair. */
    static EllipticCurveJsonWebKey withKeyId(EllipticCurveJsonWebKey keyPair) {
        keyPair.setKeyId(keyPair.calculateBase64urlEncodedThumbprint("SHA-256").substring(0, KEY_ID_LENGTH));
        keyPair.setUse("sig");
        keyPair.setAlgorithm(ALGORITHM);
        return keyPair;
    }

    public String kid() {
        return keyPair.getKeyId();
    }

    /** Signs a payload and returns the compact serialisation. */
    public String sign(String payload) {
        try {
            JsonWebSignature jws = unsigned(payload);
            jws.setKey(keyPair.getPrivateKey());
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("Cannot sign a pass with key " + kid(), e);
        }
    }

    /** Returns the number of characters that {@link #sign} would return, without signing. */
    public int signedLength(String payload) {
        JsonWebSignature jws = unsigned(payload);
        String header = new Base64Url()
                .base64UrlEncodeUtf8ByteRepresentation(jws.getHeaders().getFullHeaderAsJsonString());
        return header.length() + 1 + jws.getEncodedPayload().length() + 1 + SIGNATURE_LENGTH;
    }

    private JsonWebSignature unsigned(String payload) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(ALGORITHM);
        jws.setHeader("typ", TYPE);
        jws.setKeyIdHeaderValue(kid());
        jws.setPayload(payload);
        return jws;
    }

    /** Returns a text without the private key. */
    @Override
    public String toString() {
        return "PassSigningKey[" + kid() + "]";
    }
}
