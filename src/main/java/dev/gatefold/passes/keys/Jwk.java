package dev.gatefold.passes.keys;

import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;

/** The public part of a signing key as a JSON Web Key (RFC 7517). The private part has no component here on purpose. */
record Jwk(String kty, String crv, String x, String y, String kid, String use, String alg) {
    static Jwk of(PassSigningKey key) {
        Map<String, Object> parameters = key.keyPair().toParams(OutputControlLevel.PUBLIC_ONLY);
        return new Jwk(
                (String) parameters.get("kty"),
                (String) parameters.get("crv"),
                (String) parameters.get("x"),
                (String) parameters.get("y"),
                (String) parameters.get("kid"),
                (String) parameters.get("use"),
                (String) parameters.get("alg"));
    }
}
