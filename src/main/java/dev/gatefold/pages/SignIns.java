package dev.gatefold.pages;

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
class SignIns {
    /**
     * One of them.
     *
     * @param verifier of PKCE
     * @param article the address of an article of a source, or null
     * @param trial whether the free days are to begin with the account
     */
    record SignIn(String state, String verifier, String article, boolean trial) {
        static SignIn begin(String article, boolean trial) {
            return new SignIn(Secrets.fresh(), Secrets.fresh(), article, trial);
        }
    }

    static final Duration LASTS = Duration.ofMinutes(30);

    private static final String KEEP = """
            insert into sign_in (browser, state, verifier, article, trial, ends_at)
            values (:browser, :state, :verifier, :article, :trial, :endsAt)
            """;

    private static final String TAKE = """
            delete from sign_in where browser = :browser and ends_at > :at
            returning state, verifier, article, trial
            """;

    private final Session database;
    private final Clock clock;

    SignIns(Session database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Transactional
    void keep(String browser, SignIn signIn, Instant at) {
        database.createNativeMutationQuery(KEEP)
                .setParameter("browser", Secrets.hash(browser))
                .setParameter("state", signIn.state)
                .setParameter("verifier", signIn.verifier)
                .setParameter("article", signIn.article)
                .setParameter("trial", signIn.trial)
                .setParameter("endsAt", at.plus(LASTS))
                .executeUpdate();
    }

    /** The one of this browser, once. */
    @Transactional
    Optional<SignIn> take(String browser, Instant at) {
        return database
                .createNativeQuery(TAKE, Object[].class)
                .setParameter("browser", Secrets.hash(browser))
                .setParameter("at", at)
                .getResultList()
                .stream()
                .findFirst()
                .map(row -> new SignIn((String) row[0], (String) row[1], (String) row[2], (Boolean) row[3]));
    }

    @Scheduled(every = "1h", delayed = "4m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void forget() {
        database.createNativeMutationQuery("delete from sign_in where ends_at < :now")
                .setParameter("now", clock.instant())
                .executeUpdate();
    }
}
