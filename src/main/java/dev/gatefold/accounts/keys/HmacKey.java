package dev.gatefold.accounts.keys;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hibernate.Session;

/**
 * The HMAC-SHA-256 key of the service. It is generated at the first start and stored in the database, so that all replicas
 * share it and it survives restarts.
 */
@Singleton
public class HmacKey {
    private static final String PURPOSE = "visitors";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private static final String INSERT_IF_ABSENT =
            "insert into signing_key (purpose, key_bytes) values (:purpose, :keyBytes) on conflict do nothing";

    private static final String SELECT = "select key_bytes from signing_key where purpose = :purpose";

    private final Session database;
    private volatile byte[] key;

    HmacKey(Session database) {
        this.database = database;
    }

    @Transactional
    void load(@Observes StartupEvent event) {
        byte[] generated = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(generated);
        database.createNativeMutationQuery(INSERT_IF_ABSENT)
                .setParameter("purpose", PURPOSE)
                .setParameter("keyBytes", generated)
                .executeUpdate();
        key = database.createNativeQuery(SELECT, byte[].class)
                .setParameter("purpose", PURPOSE)
                .getSingleResult();
    }

    /**
     * Returns the HMAC-SHA-256 of the content. Callers prefix the content with the kind of value that they derive, so that
     * values of different kinds are unrelated.
     */
    public byte[] mac(byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
