package dev.gatefold.subscriptions.membership;

import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Term;
import dev.gatefold.subscriptions.membership.UpcomingPayment.NoPaymentReason;
import dev.gatefold.subscriptions.model.BilledSubscription;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.policy.Entitling;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The membership of a reader: the one state that the API, the pages and the embedded paywall show. It is derived on each
 * request and not stored.
 *
 * @param billing whether the reader has a live subscription, and whether it is paid
 * @param source what gives access or, without access, what did last; null if nothing ever did
 * @param plan slug of the plan that gives access, or did last; null if none did
 * @param accessUntil end of the current access, including entitlements that follow without a gap; for a subscription that
 *     renews, the end of the paid period. Null if there is no access, or if it has no end.
 * @param trial null if no free trial was started
 * @param subscription the live subscription, otherwise the last one; null if nothing was ever bought
 * @param nextPayment null if nothing will be charged, or if it is not known yet
 * @param noNextPaymentReason why {@code nextPayment} is null; null otherwise
 * @param amountDue null if nothing is owed
 * @param actions what makes sense to do now, the most important first
 * @param version increases with every change of the reader's entitlements
 */
@Schema(requiredProperties = {"state", "billing", "actions", "grants", "version"})
public record Membership(
        MembershipState state,
        BillingStatus billing,
        MembershipSource source,
        String plan,
        Instant accessUntil,
        FreeTrial trial,
        SubscriptionSummary subscription,
        UpcomingPayment nextPayment,
        NoPaymentReason noNextPaymentReason,
        AmountDue amountDue,
        List<MembershipAction> actions,
        List<MembershipGrant> grants,
        long version) {
    static Membership of(Standing standing, List<BilledSubscription> subscriptions, boolean trialOffered, Instant at) {
        Standing promised = standing;
        for (BilledSubscription subscription : subscriptions) {
            promised = withoutLeeway(promised, subscription.subscription(), at);
        }
        return MembershipDerivation.derive(promised, subscriptions, trialOffered, at);
    }

    /** Returns true if the action makes sense now. */
    public boolean allows(MembershipAction action) {
        return actions.contains(action);
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
