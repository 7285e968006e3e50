package dev.gatefold.subscriptions.membership;

import dev.gatefold.accounts.account.NoAccountProblem;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.StandingCache;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

/** Loads the account and standing of a reader from the database, because a cached standing may predate a purchase. */
@Singleton
public class CurrentReader {
    private final StandingCache standings;

    CurrentReader(StandingCache standings) {
        this.standings = standings;
    }

    /**
     * Returns the standing of a reader, whose account is present.
     *
     * @throws Problem 503 if the database is unavailable; {@link NoAccountProblem} if the reader has no account
     */
    public Standing standing(Identity reader, Instant at) {
        Standing standing = standings.reload(reader, at);
        if (standing.stale()) {
            throw Problem.unavailable("database");
        }
        if (standing.account().isEmpty()) {
            throw NoAccountProblem.create();
        }
        return standing;
    }

    /** Returns the id of the reader's account; throws as {@link #standing} does. */
    public UUID account(Identity reader, Instant at) {
        return standing(reader, at).account().orElseThrow();
    }
}
