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

/** Sign-ins in progress. The article to return to is stored here, so that no URL contains it. */
@ApplicationScoped
class PendingSignIns {
    /**
     * A sign-in in progress.
     *
     * @param state OAuth 2.0 parameter {@code state}
     * @param verifier PKCE code verifier
     * @param article canonical URL of the article to return to, or null
     * @param startTrial true if a new account starts its free trial
     */
    record PendingSignIn(String state, String verifier, String article, boolean startTrial) {
        private static PendingSignIn of(Tuple row) {
            return new PendingSignIn(
                    row.get("state", String.class),
                    row.get("code_verifier", String.class),
                    row.get("return_article", String.class),
                    row.get("start_trial", Boolean.class));
        }

        static PendingSignIn create(String article, boolean startTrial) {
            return new PendingSignIn(BrowserSecrets.random(), BrowserSecrets.random(), article, startTrial);
        }
    }

    static final Duration LIFETIME = Duration.ofMinutes(30);

    private static final String INSERT = """
            insert into sign_in (cookie_hash, state, code_verifier, return_article, start_trial, expires_at)
            values (:cookieHash, :state, :verifier, :article, :trial, :expiresAt)
            """;

    private static final String DELETE = """
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
        database.createNativeMutationQuery(INSERT)
                .setParameter("cookieHash", BrowserSecrets.sha256(browser))
                .setParameter("state", signIn.state)
                .setParameter("verifier", signIn.verifier)
                .setParameter("article", signIn.article)
                .setParameter("trial", signIn.startTrial)
                .setParameter("expiresAt", at.plus(LIFETIME))
                .executeUpdate();
    }

    /** Deletes and returns the sign-in of the browser, so that it succeeds once. Empty if unknown or expired. */
    @Transactional
    Optional<PendingSignIn> consume(String browser, Instant at) {
        return database
                .createNativeQuery(DELETE, Tuple.class)
                .setParameter("cookieHash", BrowserSecrets.sha256(browser))
                .setParameter("at", at)
                .getResultList()
                .stream()
                .findFirst()
                .map(PendingSignIn::of);
    }

    @Scheduled(every = "1h", delayed = "4m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void deleteExpired() {
        database.createNativeMutationQuery("delete from sign_in where expires_at < :now")
                .setParameter("now", clock.instant())
                .executeUpdate();
    }
}
