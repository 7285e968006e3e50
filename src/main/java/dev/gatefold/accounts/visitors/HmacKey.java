package dev.gatefold.accounts.visitors;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hibernate.Session;

/** Made at the first start of all and kept in the database, so that replicas and restarts agree. */
@Singleton
public class HmacKey {
    private static final String VISITORS = "visitors";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final Session database;
    private volatile byte[] visitors;

    HmacKey(Session database) {
        this.database = database;
    }

    @Transactional
    void load(@Observes StartupEvent event) {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        database.createNativeMutationQuery(
                        "insert into signing_key (purpose, key_bytes) values (:purpose, :keyBytes) on conflict do nothing")
                .setParameter("purpose", VISITORS)
                .setParameter("keyBytes", fresh)
                .executeUpdate();
        visitors = database.createNativeQuery(
                        "select key_bytes from signing_key where purpose = :purpose", byte[].class)
                .setParameter("purpose", VISITORS)
                .getSingleResult();
    }

    /** HMAC-SHA-256 under the visitors' key. */
    public byte[] mac(byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(visitors, ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
