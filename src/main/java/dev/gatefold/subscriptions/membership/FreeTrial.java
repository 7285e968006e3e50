package dev.gatefold.subscriptions.membership;

import dev.gatefold.entitlements.Entitlement;
import java.time.Instant;

/** The free trial of a reader, running or ended. */
public record FreeTrial(String plan, Instant startedAt, Instant endsAt) {
    static FreeTrial of(Entitlement trial) {
        return new FreeTrial(
                MembershipGrant.of(trial).plan(),
                trial.term().from(),
                trial.term().end());
    }
}
