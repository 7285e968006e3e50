package dev.gatefold.passes.keys;

import org.jose4j.base64url.Base64Url;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** A pair of keys, EC P-256, with which passes are signed; a record of the pair, which must not be written out. */
public record PassSigningKey(EllipticCurveJsonWebKey pair) {
    /** What a pass is, by the header; an access token is of another type. */
    public static final String TYPE = "entitlement+jwt";

    private static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
    private static final int NAME = 16;

    /** In base64url: two numbers of 32 bytes. */
    private static final int SIGNATURE = 86;

    /** With what a verifier needs to know of it; its name is the beginning of its thumbprint (RFC 7638). */
    static EllipticCurveJsonWebKey withKeyId(EllipticCurveJsonWebKey pair) {
        pair.setKeyId(pair.calculateBase64urlEncodedThumbprint("SHA-256").substring(0, NAME));
        pair.setUse("sig");
        pair.setAlgorithm(ALGORITHM);
        return pair;
    }

    public String kid() {
        return pair.getKeyId();
    }

    /** The compact serialisation of a signed payload. */
    public String sign(String payload) {
        try {
            JsonWebSignature signature = unsigned(payload);
            signature.setKey(pair.getPrivateKey());
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("A pass cannot be signed", e);
        }
    }

    /** How long that would be. */
    public int signedLength(String payload) {
        JsonWebSignature signature = unsigned(payload);
        String header = new Base64Url()
                .base64UrlEncodeUtf8ByteRepresentation(signature.getHeaders().getFullHeaderAsJsonString());
        return header.length() + 1 + signature.getEncodedPayload().length() + 1 + SIGNATURE;
    }

    private JsonWebSignature unsigned(String payload) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(ALGORITHM);
        signature.setHeader("typ", TYPE);
        signature.setKeyIdHeaderValue(kid());
        signature.setPayload(payload);
        return signature;
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid() + "]";
    }
}
