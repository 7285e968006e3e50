package dev.gatefold.pages.signin;

import dev.gatefold.pages.session.BrowserSecrets;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Sign-ins by OAuth 2.0 state. The article to return to is stored here, so that no URL contains it. Completed and expired
 * sign-ins are kept for one day, so that the back button and a reload lead to the same article.
 */
@ApplicationScoped
class SignInAttempts {
    /** How long a sign-in may take at the issuer. */
    static final Duration LIFETIME = Duration.ofMinutes(30);

    /** How long a sign-in is kept after it has expired. */
    static final Duration RETENTION = Duration.ofDays(1);

    private static final String INSERT = """
            insert into sign_in (state, cookie_hash, code_verifier, return_article, start_trial, is_restart, expires_at)
            values (:state, :cookieHash, :verifier, :article, :trial, :restart, :expiresAt)
            """;

    private static final String COMPLETE = """
            update sign_in set completed_at = :at
            where state = :state and cookie_hash = :cookieHash and completed_at is null and expires_at > :at
            returning state, code_verifier, return_article, start_trial, is_restart, false as is_pending
            """;

    private static final String SELECT = """
            select state, code_verifier, return_article, start_trial, is_restart,
                   completed_at is null and expires_at > :at as is_pending
            from sign_in where state = :state
            """;

    private final Session database;
    private final Clock clock;

    SignInAttempts(Session database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Stores a new sign-in.
     *
     * @param browser secret of {@link dev.gatefold.pages.session.PageCookie#SIGN_IN}
     */
    @Transactional
    void store(String browser, SignInAttempt attempt, Instant at) {
        database.createNativeMutationQuery(INSERT)
                .setParameter("state", attempt.state())
                .setParameter("cookieHash", BrowserSecrets.sha256(browser))
                .setParameter("verifier", attempt.verifier())
                .setParameter("article", attempt.article())
                .setParameter("trial", attempt.startTrial())
                .setParameter("restart", attempt.isRestart())
                .setParameter("expiresAt", at.plus(LIFETIME))
                .executeUpdate();
    }

    /** Completes and returns a pending sign-in of the browser, so that it succeeds once. Empty for any other. */
    @Transactional
    Optional<SignInAttempt> complete(String state, String browser, Instant at) {
        return database
                .createNativeQuery(COMPLETE, Tuple.class)
                .setParameter("state", state)
                .setParameter("cookieHash", BrowserSecrets.sha256(browser))
                .setParameter("at", at)
                .getResultList()
                .stream()
                .findFirst()
                .map(SignInAttempt::of);
    }

    /** Returns a sign-in of any browser, to find out where it should have led. Its code must not be redeemed. */
    @Transactional
    Optional<SignInAttempt> find(String state, Instant at) {
        return database
                .createNativeQuery(SELECT, Tuple.class)
                .setParameter("state", state)
                .setParameter("at", at)
                .getResultList()
                .stream()
                .findFirst()
                .map(SignInAttempt::of);
    }

    @Scheduled(every = "1h", delayed = "4m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void deleteExpired() {
        database.createNativeMutationQuery("delete from sign_in where expires_at < :before")
                .setParameter("before", clock.instant().minus(RETENTION))
                .executeUpdate();
    }
}
