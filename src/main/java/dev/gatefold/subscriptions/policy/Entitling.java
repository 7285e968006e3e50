package dev.gatefold.subscriptions.policy;

import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.kernel.Term;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
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
 * From an agreement to the rights that it gives: a pure function, so that whoever knows the same of an agreement grants
 * the same, however often and in whatever order. The instant plays no part: time does its work when the rights are
 * asked.
 *
 * <p>What has ended leaves its trace, since the wall says why: a right of basis {@code GRACE} in the past stands for a
 * payment that is still owed.
 */
public final class Entitling {
    private final MembershipConfig policy;

    public Entitling(MembershipConfig policy) {
        this.policy = policy;
    }

    /** The name under which the rights of an agreement are granted, one for each of its plans. */
    public static String originPrefix(String agreement) {
        return "subscription/" + agreement + "/";
    }

    /** The rights of an agreement, one for each plan. */
    public List<Entitlement> entitlements(SubscriptionSnapshot agreement) {
        // two items of one plan are one right, which ends with the later
        return List.copyOf(each(agreement).stream()
                .collect(Collectors.toMap(
                        Entitlement::origin,
                        Function.identity(),
                        BinaryOperator.maxBy(
                                Comparator.comparing(right -> right.term().end())),
                        LinkedHashMap::new))
                .values());
    }

    private List<Entitlement> each(SubscriptionSnapshot agreement) {
        return switch (agreement.status()) {
            case TRIALING -> running(agreement, EntitlementBasis.TRIAL);
            case ACTIVE ->
                agreement.firstPaymentPending() ? pending(agreement) : running(agreement, EntitlementBasis.MEMBER);
            case PAST_DUE -> until(agreement, EntitlementBasis.GRACE, graceEnds(agreement));
            case UNPAID -> until(agreement, EntitlementBasis.GRACE, agreement.unpaidSince());
            case PAUSED ->
                agreement.trialUntil() == null
                        ? List.of()
                        : until(agreement, EntitlementBasis.GRACE, agreement.trialUntil());
            case CANCELED -> until(agreement, endedIn(agreement), agreement.endedAt());
            case INCOMPLETE, INCOMPLETE_EXPIRED, UNKNOWN -> List.of();
        };
    }

    private List<Entitlement> running(SubscriptionSnapshot agreement, EntitlementBasis basis) {
        Instant contested = contestedAt(agreement);
        return agreement.items().stream()
                .flatMap(item -> contested == null
                        ? right(agreement, item, basis, paidThrough(agreement, item))
                        : right(agreement, item, EntitlementBasis.GRACE, contested))
                .toList();
    }

    /** To the end of the period, and a little longer where it renews. Where the end is not said, until it is. */
    private Instant paidThrough(SubscriptionSnapshot agreement, SubscriptionSnapshot.SnapshotItem item) {
        Instant ends = agreement.cancelsAt();
        if (item.until() == null || (ends != null && !ends.isAfter(item.until()))) {
            return ends;
        }
        return earlier(item.until().plus(policy.renewalLeeway()), ends);
    }

    /** Grace is for who has paid before: a first payment that fails, late as it may be, gives none. */
    private Instant graceEnds(SubscriptionSnapshot agreement) {
        return agreement.firstPaymentPending()
                ? agreement.startedAt()
                : earlier(agreement.unpaidSince().plus(policy.grace()), agreement.cancelsAt());
    }

    private Instant contestedAt(SubscriptionSnapshot agreement) {
        Instant refunded = policy.refund() == MembershipConfig.ReversalPolicy.END ? agreement.refundedAt() : null;
        Instant disputed = policy.dispute() == MembershipConfig.ReversalPolicy.END ? agreement.disputedAt() : null;
        return earlier(refunded, disputed);
    }

    private List<Entitlement> pending(SubscriptionSnapshot agreement) {
        return switch (policy.pendingPayment()) {
            case GRANT -> running(agreement, EntitlementBasis.PENDING_PAYMENT);
            case DENY -> List.of();
        };
    }

    private static EntitlementBasis endedIn(SubscriptionSnapshot agreement) {
        boolean inTrial = agreement.trialUntil() != null && !agreement.endedAt().isAfter(agreement.trialUntil());
        return inTrial ? EntitlementBasis.TRIAL : EntitlementBasis.MEMBER;
    }

    private static List<Entitlement> until(SubscriptionSnapshot agreement, EntitlementBasis basis, Instant end) {
        return agreement.items().stream()
                .flatMap(item -> right(agreement, item, basis, end))
                .toList();
    }

    /** A right that ended as it began is none; but what is owed must not be forgotten. */
    private static Stream<Entitlement> right(
            SubscriptionSnapshot agreement,
            SubscriptionSnapshot.SnapshotItem item,
            EntitlementBasis basis,
            Instant end) {
        Instant start = agreement.startedAt();
        boolean empty = end != null && !end.isAfter(start);
        if (empty && basis != EntitlementBasis.GRACE) {
            return Stream.of();
        }
        Instant until = empty ? start.plusMillis(1) : end;
        return Stream.of(Entitlement.forPlan(
                basis,
                originPrefix(agreement.id()) + item.plan(),
                item.plan(),
                new Term(start, Optional.ofNullable(until))));
    }

    /** Of two instants the earlier; null stands for never. */
    private static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
