package dev.gatefold.subscriptions.policy;

import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.kernel.Term;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot.SnapshotItem;
import dev.gatefold.subscriptions.policy.MembershipConfig.ReversalPolicy;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Maps a subscription snapshot to the entitlements that it gives. The mapping is a pure function without a clock: equal
 * snapshots give equal entitlements, however often and in whatever order they are recorded.
 *
 * <p>Only what the provider says has ended ends: grace is for members who have paid before, and a member whose next payment
 * was put off stays a member.
 */
public final class Entitling {
    private static final String SUBSCRIPTION_ORIGIN = "subscription/";

    private final MembershipConfig policy;

    public Entitling(MembershipConfig policy) {
        this.policy = policy;
    }

    /** Returns the prefix of the origins of a subscription's entitlements; the plan's slug follows it. */
    public static String originPrefix(String subscription) {
        return SUBSCRIPTION_ORIGIN + subscription + "/";
    }

    /** Returns true if a subscription gives the entitlement. */
    public static boolean isOfSubscription(Entitlement entitlement) {
        return entitlement.origin().startsWith(SUBSCRIPTION_ORIGIN);
    }

    /** Returns the entitlements of a subscription, at most one for each plan. */
    public List<Entitlement> entitlements(SubscriptionSnapshot snapshot) {
        // two items of one plan give one entitlement, which ends with the later item
        return List.copyOf(forEachItem(snapshot).stream()
                .collect(Collectors.toMap(
                        Entitlement::origin,
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparing(
                                entitlement -> entitlement.term().end())),
                        LinkedHashMap::new))
                .values());
    }

    private List<Entitlement> forEachItem(SubscriptionSnapshot snapshot) {
        return switch (snapshot.status()) {
            // the provider reports a member whose next payment was put off as trialing
            case TRIALING ->
                running(snapshot, snapshot.paidBefore() ? EntitlementBasis.MEMBER : EntitlementBasis.TRIAL);
            case ACTIVE ->
                snapshot.firstPaymentPending() ? pending(snapshot) : running(snapshot, EntitlementBasis.MEMBER);
            case PAST_DUE ->
                snapshot.paidBefore()
                        ? until(snapshot, EntitlementBasis.GRACE, graceEnd(snapshot))
                        : trialOnly(snapshot);
            case UNPAID ->
                snapshot.paidBefore()
                        ? until(snapshot, EntitlementBasis.MEMBER, snapshot.unpaidSince())
                        : trialOnly(snapshot);
            case PAUSED -> trialOnly(snapshot);
            case CANCELED -> until(snapshot, basisAtEnd(snapshot), snapshot.endedAt());
            case INCOMPLETE -> snapshot.firstPaymentPending() ? pending(snapshot) : List.of();
            case INCOMPLETE_EXPIRED, UNKNOWN -> List.of();
        };
    }

    private static List<Entitlement> trialOnly(SubscriptionSnapshot snapshot) {
        return snapshot.trialUntil() == null
                ? List.of()
                : until(snapshot, EntitlementBasis.TRIAL, snapshot.trialUntil());
    }

    private List<Entitlement> running(SubscriptionSnapshot snapshot, EntitlementBasis basis) {
        Instant reversed = reversedAt(snapshot);
        return snapshot.items().stream()
                .flatMap(item -> reversed == null
                        ? entitlement(snapshot, item, basis, paidThrough(snapshot, item))
                        : entitlement(snapshot, item, EntitlementBasis.MEMBER, reversed))
                .toList();
    }

    /**
     * Returns the end of the paid period, plus the renewal leeway if the subscription renews. Without a known period the end
     * is that of a scheduled cancellation, or null.
     */
    private Instant paidThrough(SubscriptionSnapshot snapshot, SnapshotItem item) {
        Instant cancelsAt = snapshot.cancelsAt();
        if (item.until() == null || (cancelsAt != null && !cancelsAt.isAfter(item.until()))) {
            return cancelsAt;
        }
        return earlier(item.until().plus(policy.renewalLeeway()), cancelsAt);
    }

    private Instant graceEnd(SubscriptionSnapshot snapshot) {
        return earlier(snapshot.unpaidSince().plus(policy.grace()), snapshot.cancelsAt());
    }

    /** Returns true if access has ended because the payment of the current period was refunded or disputed. */
    public boolean isReversed(SubscriptionSnapshot snapshot) {
        return reversedAt(snapshot) != null;
    }

    private Instant reversedAt(SubscriptionSnapshot snapshot) {
        Instant refunded = policy.refund() == ReversalPolicy.END ? snapshot.refundedAt() : null;
        Instant disputed = policy.dispute() == ReversalPolicy.END ? snapshot.disputedAt() : null;
        return earlier(refunded, disputed);
    }

    private List<Entitlement> pending(SubscriptionSnapshot snapshot) {
        return switch (policy.pendingPayment()) {
            case GRANT -> running(snapshot, EntitlementBasis.PENDING_PAYMENT);
            case DENY -> List.of();
        };
    }

    private static EntitlementBasis basisAtEnd(SubscriptionSnapshot snapshot) {
        boolean inTrial = !snapshot.paidBefore()
                && snapshot.trialUntil() != null
                && !snapshot.endedAt().isAfter(snapshot.trialUntil());
        return inTrial ? EntitlementBasis.TRIAL : EntitlementBasis.MEMBER;
    }

    private static List<Entitlement> until(SubscriptionSnapshot snapshot, EntitlementBasis basis, Instant end) {
        return snapshot.items().stream()
                .flatMap(item -> entitlement(snapshot, item, basis, end))
                .toList();
    }

    private static Stream<Entitlement> entitlement(
            SubscriptionSnapshot snapshot, SnapshotItem item, EntitlementBasis basis, Instant end) {
        Instant start = snapshot.startedAt();
        if (end != null && !end.isAfter(start)) {
            return Stream.of();
        }
        return Stream.of(Entitlement.forPlan(
                basis,
                originPrefix(snapshot.id()) + item.plan(),
                item.plan(),
                new Term(start, Optional.ofNullable(end))));
    }

    /** Returns the earlier instant; null means never. */
    private static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
