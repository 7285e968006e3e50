package dev.gatefold.pages.session;

import dev.gatefold.kernel.Identity;
import dev.gatefold.pages.PagesConfig;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;

/** Browser sessions of signed-in readers. The database stores the hash of the secret in the cookie. */
@ApplicationScoped
public class BrowserSessions {
    private static final String INSERT = """
            insert into browser_session (cookie_hash, issuer, subject, started_at, expires_at)
            values (:cookieHash, :issuer, :subject, :at, :expiresAt)
            """;

    private static final String SELECT_READER =
            "select issuer, subject from browser_session where cookie_hash = :cookieHash and expires_at > :at";

    private final PagesConfig config;
    private final Session database;
    private final Clock clock;

    BrowserSessions(PagesConfig config, Session database, Clock clock) {
        this.config = config;
        this.database = database;
        this.clock = clock;
    }

    /** Starts a session and returns the secret for {@link PageCookie#SESSION}. */
    @Transactional
    public String start(Identity reader, Instant at) {
        String secret = BrowserSecrets.random();
        database.createNativeMutationQuery(INSERT)
                .setParameter("cookieHash", BrowserSecrets.sha256(secret))
                .setParameter("issuer", reader.issuer())
                .setParameter("subject", reader.subject())
                .setParameter("at", at)
                .setParameter("expiresAt", at.plus(config.sessionLifetime()))
                .executeUpdate();
        return secret;
    }

    @Transactional
    Optional<Identity> findReader(String secret, Instant at) {
        return database
                .createNativeQuery(SELECT_READER, Tuple.class)
                .setParameter("cookieHash", BrowserSecrets.sha256(secret))
                .setParameter("at", at)
                .getResultList()
                .stream()
                .findFirst()
                .map(row -> new Identity(row.get("issuer", String.class), row.get("subject", String.class)));
    }

    /** Ends the session; does nothing if it has ended already. */
    @Transactional
    public void end(String secret) {
        database.createNativeMutationQuery("delete from browser_session where cookie_hash = :cookieHash")
                .setParameter("cookieHash", BrowserSecrets.sha256(secret))
                .executeUpdate();
    }

    @Scheduled(every = "1h", delayed = "3m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void deleteExpired() {
        database.createNativeMutationQuery("delete from browser_session where expires_at < :now")
                .setParameter("now", clock.instant())
                .executeUpdate();
    }
}
