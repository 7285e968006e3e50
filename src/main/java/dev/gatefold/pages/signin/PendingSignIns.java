package dev.gatefold.pages.signin;

import dev.gatefold.pages.session.BrowserSecrets;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;

/** Sign-ins that are under way. Where the reader was is kept here, and in no address. */
@ApplicationScoped
class PendingSignIns {
    /**
     * One of them.
     *
     * @param verifier of PKCE
     * @param article the address of an article of a source, or null
     * @param startTrial whether the free days are to begin with the account
     */
    record PendingSignIn(String state, String verifier, String article, boolean startTrial) {
        static PendingSignIn create(String article, boolean trial) {
            return new PendingSignIn(BrowserSecrets.random(), BrowserSecrets.random(), article, trial);
        }
    }

    static final Duration LIFETIME = Duration.ofMinutes(30);

    private static final String KEEP = """
            insert into sign_in (cookie_hash, state, code_verifier, return_article, start_trial, expires_at)
            values (:cookieHash, :state, :verifier, :article, :trial, :expiresAt)
            """;

    private static final String TAKE = """
            delete from sign_in where cookie_hash = :cookieHash and expires_at > :at
            returning state, code_verifier, return_article, start_trial
            """;

    private final Session database;
    private final Clock clock;

    PendingSignIns(Session database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Transactional
    void store(String browser, PendingSignIn signIn, Instant at) {
        database.createNativeMutationQuery(KEEP)
                .setParameter("cookieHash", BrowserSecrets.sha256(browser))
                .setParameter("state", signIn.state)
                .setParameter("verifier", signIn.verifier)
                .setParameter("article", signIn.article)
                .setParameter("trial", signIn.startTrial)
                .setParameter("expiresAt", at.plus(LIFETIME))
                .executeUpdate();
    }

    /** The one of this browser, once. */
    @Transactional
    Optional<PendingSignIn> consume(String browser, Instant at) {
        return database
                .createNativeQuery(TAKE, Object[].class)
                .setParameter("cookieHash", BrowserSecrets.sha256(browser))
                .setParameter("at", at)
                .getResultList()
                .stream()
                .findFirst()
                .map(row -> new PendingSignIn((String) row[0], (String) row[1], (String) row[2], (Boolean) row[3]));
    }

    @Scheduled(every = "1h", delayed = "4m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void deleteExpired() {
        database.createNativeMutationQuery("delete from sign_in where expires_at < :now")
                .setParameter("now", clock.instant())
                .executeUpdate();
    }
}
