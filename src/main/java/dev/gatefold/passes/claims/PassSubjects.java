package dev.gatefold.passes.claims;

import com.google.common.io.BaseEncoding;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hibernate.Session;

/**
 * What passes call their bearers: another name for each audience, which only we can tell from the account. Half of an
 * HMAC-SHA-256, with a key that is made at the first start of all and that every replica uses.
 */
@Singleton
public class PassSubjects {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int NAME_BYTES = 16;

    private final Session database;
    private volatile SecretKeySpec key;

    PassSubjects(Session database) {
        this.database = database;
    }

    @Transactional
    void load(@Observes StartupEvent event) {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        database.createNativeMutationQuery(
                        "insert into pass_subject_key (key_bytes) values (:keyBytes) on conflict do nothing")
                .setParameter("keyBytes", fresh)
                .executeUpdate();
        key = new SecretKeySpec(
                database.createNativeQuery("select key_bytes from pass_subject_key", byte[].class)
                        .getSingleResult(),
                ALGORITHM);
    }

    public String subjectOf(UUID account, PassAudience audience) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] whole = mac.doFinal((audience.claimValue() + " " + account).getBytes(StandardCharsets.US_ASCII));
            return BaseEncoding.base64Url().omitPadding().encode(whole, 0, NAME_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
