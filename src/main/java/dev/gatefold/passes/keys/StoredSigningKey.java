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

/** A signing key that the service generated, with its private part. */
@Entity
@Table(name = "pass_key")
public class StoredSigningKey {
    @Id
    String kid;

    /** JSON Web Key with the private part. */
    String jwk;

    Instant publishedAt;

    /** When the key starts to sign; not before {@code publishedAt}. */
    Instant signsFrom;

    /** Generates an EC P-256 key pair. The caller persists it. */
    public static StoredSigningKey generate(Instant publishedAt, Instant signsFrom) {
        try {
            EllipticCurveJsonWebKey keyPair = PassSigningKey.withKeyId(EcJwkGenerator.generateJwk(EllipticCurves.P256));
            StoredSigningKey key = new StoredSigningKey();
            key.kid = keyPair.getKeyId();
            key.jwk = keyPair.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
            key.publishedAt = publishedAt;
            key.signsFrom = signsFrom;
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Parses the stored key pair. */
    public PassSigningKey signingKey() {
        try {
            return new PassSigningKey((EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(jwk));
        } catch (JoseException e) {
            throw new IllegalStateException("Cannot parse the stored signing key " + kid, e);
        }
    }
}
