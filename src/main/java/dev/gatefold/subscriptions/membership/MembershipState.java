package dev.gatefold.subscriptions.membership;

import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The state of a membership, as readers see it. */
public enum MembershipState {
    /** The reader never had access through a membership. */
    NONE,
    /** The free trial is running and nothing else gives access. */
    TRIAL,
    ACTIVE,
    /** A payment failed; access continues for the grace period. */
    GRACE,
    /** The subscription is paused because it has no payment method. There is no access. */
    PAUSED,
    /** Access continues until a scheduled cancellation takes effect. */
    CANCELING,
    /** A membership gave access earlier and does not any more. */
    ENDED;

    /** Billing providers count whole seconds, entitlements do not. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    /**
     * Derives the state.
     *
     * @param accessUntil end of the current access, as {@link Standing#membershipUntil} returns it
     */
    static MembershipState of(
            Standing standing, Optional<Subscription> subscription, Optional<Instant> accessUntil, Instant at) {
        Set<EntitlementBasis> bases =
                standing.activeMemberships(at).map(Entitlement::basis).collect(Collectors.toSet());
        if (bases.isEmpty()) {
            return withoutAccess(standing, subscription, at);
        }
        if (subscription.filter(it -> endsWithCancellation(it, accessUntil)).isPresent()) {
            return CANCELING;
        }
        if (bases.equals(Set.of(EntitlementBasis.TRIAL))) {
            return TRIAL;
        }
        bases.remove(EntitlementBasis.TRIAL);
        return bases.equals(Set.of(EntitlementBasis.GRACE)) ? GRACE : ACTIVE;
    }

    private static MembershipState withoutAccess(Standing standing, Optional<Subscription> subscription, Instant at) {
        if (subscription.filter(it -> it.status() == SubscriptionStatus.PAUSED).isPresent()) {
            return PAUSED;
        }
        return standing.lastEndedMembership(at).isPresent() ? ENDED : NONE;
    }

    private static boolean endsWithCancellation(Subscription subscription, Optional<Instant> accessUntil) {
        return subscription.isCanceling()
                && accessUntil
                        .filter(subscription.cancelsAt().plus(ROUNDING)::isBefore)
                        .isEmpty();
    }
}
