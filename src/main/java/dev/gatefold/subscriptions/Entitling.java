package dev.gatefold.subscriptions;

import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Right;
import dev.gatefold.kernel.Term;
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
final class Entitling {
    private final MembershipConfig policy;

    Entitling(MembershipConfig policy) {
        this.policy = policy;
    }

    /** The name under which the rights of an agreement are granted, one for each of its plans. */
    static String origin(String agreement) {
        return "subscription/" + agreement + "/";
    }

    /** The rights of an agreement, one for each plan. */
    List<Right> rights(Agreement agreement) {
        // two items of one plan are one right, which ends with the later
        return List.copyOf(each(agreement).stream()
                .collect(Collectors.toMap(
                        Right::origin,
                        Function.identity(),
                        BinaryOperator.maxBy(
                                Comparator.comparing(right -> right.term().end())),
                        LinkedHashMap::new))
                .values());
    }

    private List<Right> each(Agreement agreement) {
        return switch (agreement.status()) {
            case TRIALING -> running(agreement, Basis.TRIAL);
            case ACTIVE -> agreement.pending() ? pending(agreement) : running(agreement, Basis.MEMBER);
            case PAST_DUE -> until(agreement, Basis.GRACE, graceEnds(agreement));
            case UNPAID -> until(agreement, Basis.GRACE, agreement.unpaidSince());
            case PAUSED ->
                agreement.trialUntil() == null ? List.of() : until(agreement, Basis.GRACE, agreement.trialUntil());
            case CANCELED -> until(agreement, endedIn(agreement), agreement.endedAt());
            case INCOMPLETE, INCOMPLETE_EXPIRED, UNKNOWN -> List.of();
        };
    }

    private List<Right> running(Agreement agreement, Basis basis) {
        Instant contested = contestedAt(agreement);
        return agreement.items().stream()
                .flatMap(item -> contested == null
                        ? right(agreement, item, basis, paidThrough(agreement, item))
                        : right(agreement, item, Basis.GRACE, contested))
                .toList();
    }

    /** To the end of the period, and a little longer where it renews. Where the end is not said, until it is. */
    private Instant paidThrough(Agreement agreement, Agreement.Item item) {
        Instant ends = agreement.endsAt();
        if (item.until() == null || (ends != null && !ends.isAfter(item.until()))) {
            return ends;
        }
        return earlier(item.until().plus(policy.slack()), ends);
    }

    /** Grace is for who has paid before: a first payment that fails, late as it may be, gives none. */
    private Instant graceEnds(Agreement agreement) {
        return agreement.pending()
                ? agreement.startedAt()
                : earlier(agreement.unpaidSince().plus(policy.grace()), agreement.endsAt());
    }

    private Instant contestedAt(Agreement agreement) {
        Instant refunded = policy.refund() == MembershipConfig.Contested.END ? agreement.refundedAt() : null;
        Instant disputed = policy.dispute() == MembershipConfig.Contested.END ? agreement.disputedAt() : null;
        return earlier(refunded, disputed);
    }

    private List<Right> pending(Agreement agreement) {
        return switch (policy.pendingPayment()) {
            case GRANT -> running(agreement, Basis.PENDING_PAYMENT);
            case DENY -> List.of();
        };
    }

    private static Basis endedIn(Agreement agreement) {
        boolean inTrial = agreement.trialUntil() != null && !agreement.endedAt().isAfter(agreement.trialUntil());
        return inTrial ? Basis.TRIAL : Basis.MEMBER;
    }

    private static List<Right> until(Agreement agreement, Basis basis, Instant end) {
        return agreement.items().stream()
                .flatMap(item -> right(agreement, item, basis, end))
                .toList();
    }

    /** A right that ended as it began is none; but what is owed must not be forgotten. */
    private static Stream<Right> right(Agreement agreement, Agreement.Item item, Basis basis, Instant end) {
        Instant start = agreement.startedAt();
        boolean empty = end != null && !end.isAfter(start);
        if (empty && basis != Basis.GRACE) {
            return Stream.of();
        }
        Instant until = empty ? start.plusMillis(1) : end;
        return Stream.of(Right.toPlan(
                basis, origin(agreement.id()) + item.plan(), item.plan(), new Term(start, Optional.ofNullable(until))));
    }

    /** Of two instants the earlier; null stands for never. */
    private static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
