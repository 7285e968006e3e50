package dev.gatefold.passes.keys;

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
public class StoredSigningKey {
    @Id
    String kid;

    String jwk;
    Instant publishedAt;
    Instant signsFrom;

    public static StoredSigningKey generate(Instant publishedAt, Instant signsFrom) {
        try {
            EllipticCurveJsonWebKey pair = PassSigningKey.withKeyId(EcJwkGenerator.generateJwk(EllipticCurves.P256));
            StoredSigningKey key = new StoredSigningKey();
            key.kid = pair.getKeyId();
            key.jwk = pair.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
            key.publishedAt = publishedAt;
            key.signsFrom = signsFrom;
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public PassSigningKey signingKey() {
        try {
            return new PassSigningKey((EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(jwk));
        } catch (JoseException e) {
            throw new IllegalStateException("The key " + kid + " cannot be read", e);
        }
    }
}
