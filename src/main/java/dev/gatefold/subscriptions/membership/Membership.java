package dev.gatefold.subscriptions.membership;

import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Term;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.policy.Entitling;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The membership of a reader. It is derived on each request and not stored.
 *
 * @param accessUntil end of the current access, including entitlements that follow without a gap; for a subscription that
 *     renews, the end of the paid period. Null if there is no access, or if it has no end.
 * @param trial null if no free trial was started
 * @param subscription the live subscription, otherwise the last one; null if nothing was ever bought
 * @param version increases with every change of the reader's entitlements
 */
@Schema(requiredProperties = {"state", "grants", "version"})
public record Membership(
        MembershipState state,
        Instant accessUntil,
        FreeTrial trial,
        SubscriptionSummary subscription,
        List<MembershipGrant> grants,
        long version) {
    static Membership of(Standing standing, Optional<Subscription> subscription, Instant at) {
        Standing promised =
                subscription.map(it -> withoutLeeway(standing, it, at)).orElse(standing);
        Optional<Instant> accessUntil = promised.membershipUntil(at);
        return new Membership(
                MembershipState.of(promised, subscription, accessUntil, at),
                accessUntil.filter(end -> !end.equals(Instant.MAX)).orElse(null),
                StartTrial.trialIn(standing).map(FreeTrial::of).orElse(null),
                subscription.map(SubscriptionSummary::of).orElse(null),
                promised.entitlements().stream().map(MembershipGrant::of).toList(),
                standing.version());
    }

    private static Standing withoutLeeway(Standing standing, Subscription subscription, Instant at) {
        return standing.withEntitlements(standing.entitlements().stream()
                .map(entitlement -> withoutLeeway(entitlement, subscription, at))
                .toList());
    }

    /** Entitlements of a renewing subscription outlast the paid period by the renewal leeway; readers see the paid period. */
    private static Entitlement withoutLeeway(Entitlement entitlement, Subscription subscription, Instant at) {
        Instant paidUntil = subscription.paidUntil();
        boolean hasLeeway = entitlement.origin().startsWith(Entitling.originPrefix(subscription.id()))
                && paidUntil != null
                && paidUntil.isAfter(at)
                && entitlement.term().end().isAfter(paidUntil);
        return hasLeeway
                ? new Entitlement(
                        entitlement.basis(),
                        entitlement.origin(),
                        entitlement.coverage(),
                        new Term(entitlement.term().from(), Optional.of(paidUntil)))
                : entitlement;
    }
}
