package dev.gatefold.passes;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** A key that the service made for itself, and when its time comes. */
@Entity
@Table(name = "pass_key")
class PassKey {
    @Id
    String kid;

    String jwk;
    Instant publishedAt;
    Instant signsFrom;

    static PassKey fresh(Instant publishedAt, Instant signsFrom) {
        try {
            EllipticCurveJsonWebKey pair = SigningKey.named(EcJwkGenerator.generateJwk(EllipticCurves.P256));
            PassKey key = new PassKey();
            key.kid = pair.getKeyId();
            key.jwk = pair.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
            key.publishedAt = publishedAt;
            key.signsFrom = signsFrom;
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    SigningKey signingKey() {
        try {
            return new SigningKey((EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(jwk));
        } catch (JoseException e) {
            throw new IllegalStateException("The key " + kid + " cannot be read", e);
        }
    }
}
