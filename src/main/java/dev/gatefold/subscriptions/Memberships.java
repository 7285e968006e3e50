package dev.gatefold.subscriptions;

import dev.gatefold.accounts.NoAccount;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.Standings;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.Caller;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** The caller's own membership. */
@RequestScoped
class Memberships {
    private final Standings standings;
    private final Subscriptions subscriptions;
    private final SecurityIdentity identity;
    private final Clock clock;

    Memberships(Standings standings, Subscriptions subscriptions, SecurityIdentity identity, Clock clock) {
        this.standings = standings;
        this.subscriptions = subscriptions;
        this.identity = identity;
        this.clock = clock;
    }

    Membership show() {
        Instant at = clock.instant();
        Standing standing = standing(at);
        UUID account = standing.account().orElseThrow(NoAccount::problem);
        return QuarkusTransaction.requiringNew()
                .call(() -> Membership.of(standing, subscriptions.latestOf(account), at));
    }

    /** The caller's account. */
    UUID account() {
        return standing(clock.instant()).account().orElseThrow(NoAccount::problem);
    }

    /** As the database has it: what was known before is no answer to who has just changed something. */
    Standing standing(Instant at) {
        Standing standing = standings.reloaded(Caller.of(identity).requireReader(), at);
        if (standing.stale()) {
            throw Problem.unavailable("database");
        }
        return standing;
    }
}
