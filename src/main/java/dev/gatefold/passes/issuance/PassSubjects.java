package dev.gatefold.passes.issuance;

import com.google.common.io.BaseEncoding;
import dev.gatefold.passes.claims.PassAudience;
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
 * Derives the pseudonymous subject of a pass from the account and the audience, so that two verifiers cannot link their
 * readers. The subject is the first half of an HMAC-SHA-256. All replicas use the key in {@code pass_subject_key}, which
 * the first replica that ever starts generates.
 */
@Singleton
public class PassSubjects {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int SUBJECT_BYTES = 16;

    private final Session database;
    private volatile SecretKeySpec key;

    PassSubjects(Session database) {
        this.database = database;
    }

    @Transactional
    void loadKey(@Observes StartupEvent event) {
        byte[] candidate = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(candidate);
        database.createNativeMutationQuery(
                        "insert into pass_subject_key (key_bytes) values (:keyBytes) on conflict do nothing")
                .setParameter("keyBytes", candidate)
                .executeUpdate();
        key = new SecretKeySpec(
                database.createNativeQuery("select key_bytes from pass_subject_key", byte[].class)
                        .getSingleResult(),
                ALGORITHM);
    }

    /** Returns the claim {@code sub} of all passes of an account for an audience: 22 characters of Base64url. */
    public String subjectOf(UUID account, PassAudience audience) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal((audience.claimValue() + " " + account).getBytes(StandardCharsets.US_ASCII));
            return BaseEncoding.base64Url().omitPadding().encode(hash, 0, SUBJECT_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
