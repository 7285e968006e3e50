package dev.gatefold.subscriptions.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.kernel.Money;
import dev.gatefold.subscriptions.model.BillingPeriod;
import dev.gatefold.subscriptions.model.NextPayment;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import dev.gatefold.subscriptions.model.SubscriptionTerms;
import dev.gatefold.subscriptions.model.TestSnapshots;
import dev.gatefold.subscriptions.policy.MembershipConfig.PendingPaymentPolicy;
import dev.gatefold.subscriptions.policy.MembershipConfig.ReversalPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Entitlements by subscription state, as tables. Days are counted from the start of the subscription. */
class EntitlingTest {
    private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

    /** A grace period of 7 days and a renewal leeway of 1 day. */
    private record TestMembershipConfig(
            PendingPaymentPolicy pendingPayment, ReversalPolicy refund, ReversalPolicy dispute)
            implements MembershipConfig {
        @Override
        public Duration grace() {
            return Duration.ofDays(7);
        }

        @Override
        public Duration renewalLeeway() {
            return Duration.ofDays(1);
        }
    }

    private static final TestMembershipConfig USUAL =
            new TestMembershipConfig(PendingPaymentPolicy.DENY, ReversalPolicy.KEEP, ReversalPolicy.END);

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', nullValues = "-", textBlock = """
            status             | trial | paid | ends | ended | unpaid | paidBefore | expected
            TRIALING           | 14    | 14   | -    | -     | -      | false      | TRIAL to 15
            TRIALING           | 14    | 14   | 14   | -     | -      | false      | TRIAL to 14
            TRIALING           | 14    | 14   | 5    | -     | -      | false      | TRIAL to 5
            # a member whose next payment was put off stays a member
            TRIALING           | 44    | 44   | -    | -     | -      | true       | MEMBER to 45
            ACTIVE             | -     | 30   | -    | -     | -      | true       | MEMBER to 31
            ACTIVE             | 14    | 44   | -    | -     | -      | true       | MEMBER to 45
            # a cancelled subscription has no renewal leeway
            ACTIVE             | -     | 30   | 30   | -     | -      | true       | MEMBER to 30
            # a cancellation in a later period does not affect this one
            ACTIVE             | -     | 30   | 75   | -     | -      | true       | MEMBER to 31
            ACTIVE             | -     | 75   | 75   | -     | -      | true       | MEMBER to 75
            # without a known period the entitlement has no end
            ACTIVE             | -     | -    | -    | -     | -      | true       | MEMBER without end
            # a first payment of 0 is no payment, but the subscription is active
            ACTIVE             | -     | 30   | -    | -     | -      | false      | MEMBER to 31
            # grace counts from the start of the unpaid period, and is for members who have paid before
            PAST_DUE           | -     | 60   | -    | -     | 30     | true       | GRACE to 37
            PAST_DUE           | -     | 60   | 33   | -     | 30     | true       | GRACE to 33
            PAST_DUE           | 14    | 44   | -    | -     | 14     | false      | TRIAL to 14
            PAST_DUE           | -     | 30   | -    | -     | 0      | false      | nothing
            # unpaid ends access at once
            UNPAID             | -     | 60   | -    | -     | 30     | true       | MEMBER to 30
            UNPAID             | 14    | 44   | -    | -     | 14     | false      | TRIAL to 14
            UNPAID             | -     | 30   | -    | -     | 0      | false      | nothing
            PAUSED             | 14    | 14   | -    | -     | -      | false      | TRIAL to 14
            PAUSED             | -     | 14   | -    | -     | -      | false      | nothing
            CANCELED           | -     | 30   | -    | 30    | -      | true       | MEMBER to 30
            CANCELED           | -     | 30   | -    | 3     | -      | true       | MEMBER to 3
            CANCELED           | 14    | 14   | -    | 14    | -      | false      | TRIAL to 14
            CANCELED           | 14    | 44   | -    | 15    | -      | true       | MEMBER to 15
            CANCELED           | 44    | 44   | -    | 40    | -      | true       | MEMBER to 40
            CANCELED           | -     | 30   | -    | 0     | -      | false      | nothing
            INCOMPLETE         | -     | 30   | -    | -     | -      | false      | nothing
            INCOMPLETE_EXPIRED | -     | 30   | -    | -     | -      | false      | nothing
            UNKNOWN            | -     | 30   | -    | -     | -      | false      | nothing
            """)
    void subscriptionStateGivesExpectedEntitlement(
            SubscriptionStatus status,
            Integer trial,
            Integer paid,
            Integer ends,
            Integer ended,
            Integer unpaid,
            boolean paidBefore,
            String expected) {
        var snapshot = snapshot(status, trial, paid, ends, ended, unpaid, false, paidBefore, null, null);

        assertThat(entitlements(USUAL, snapshot)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', nullValues = "-", textBlock = """
            pending | refunded | disputed | pendingPayment | refund | dispute | expected
            false   | -        | 0        | DENY  | KEEP   | END     | nothing
            false   | 12       | -        | DENY  | KEEP   | END     | MEMBER to 31
            false   | 12       | -        | DENY  | END    | END     | MEMBER to 12
            false   | -        | 9        | DENY  | KEEP   | END     | MEMBER to 9
            false   | -        | 9        | DENY  | KEEP   | KEEP    | MEMBER to 31
            false   | 12       | 9        | DENY  | END    | END     | MEMBER to 9
            true    | -        | -        | DENY  | KEEP   | END     | nothing
            true    | -        | -        | GRANT | KEEP   | END     | PENDING_PAYMENT to 31
            """)
    void membershipConfigDeterminesEntitlement(
            boolean pending,
            Integer refunded,
            Integer disputed,
            PendingPaymentPolicy pendingPayment,
            ReversalPolicy refund,
            ReversalPolicy dispute,
            String expected) {
        var snapshot =
                snapshot(SubscriptionStatus.ACTIVE, null, 30, null, null, null, pending, !pending, refunded, disputed);

        assertThat(entitlements(new TestMembershipConfig(pendingPayment, refund, dispute), snapshot))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(PendingPaymentPolicy.class)
    void failedDelayedFirstPaymentGivesNoGrace(PendingPaymentPolicy pendingPayment) {
        var snapshot = snapshot(SubscriptionStatus.PAST_DUE, null, 30, null, null, 0, false, false, null, null);

        assertThat(entitlements(
                        new TestMembershipConfig(pendingPayment, ReversalPolicy.KEEP, ReversalPolicy.END), snapshot))
                .isEqualTo("nothing");
    }

    @Test
    void everyPurchasedPlanGivesAnEntitlement() {
        var both = TestSnapshots.of(
                "sub_1", SubscriptionStatus.ACTIVE, List.of(item("news", day(30)), item("sport", day(365))), START);

        assertThat(new Entitling(USUAL).entitlements(both))
                .extracting(
                        Entitlement::origin,
                        Entitlement::coverage,
                        entitlement -> entitlement.term().end())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "subscription/sub_1/news", new Coverage.PlanCoverage("news"), day(31)),
                        org.assertj.core.groups.Tuple.tuple(
                                "subscription/sub_1/sport", new Coverage.PlanCoverage("sport"), day(366)));
        assertThat(both.mainItem().map(SubscriptionSnapshot.SnapshotItem::plan)).contains("sport");
    }

    @Test
    void itemsOfSamePlanGiveTheLongerEntitlement() {
        var both = TestSnapshots.of(
                "sub_1", SubscriptionStatus.ACTIVE, List.of(item("news", day(365)), item("news", day(30))), START);

        assertThat(entitlements(USUAL, both)).isEqualTo("MEMBER to 366");
    }

    private static SubscriptionSnapshot snapshot(
            SubscriptionStatus status,
            Integer trial,
            Integer paid,
            Integer ends,
            Integer ended,
            Integer unpaid,
            boolean pending,
            boolean paidBefore,
            Integer refunded,
            Integer disputed) {
        return new SubscriptionSnapshot(
                "sub_1",
                status,
                List.of(item("membership", day(paid))),
                START,
                day(trial),
                day(ends),
                day(ended),
                day(unpaid),
                pending,
                paidBefore,
                day(refunded),
                day(disputed),
                SubscriptionTerms.UNKNOWN,
                List.of(),
                NextPayment.UNKNOWN);
    }

    private static SubscriptionSnapshot.SnapshotItem item(String plan, Instant until) {
        return new SubscriptionSnapshot.SnapshotItem(
                plan, BillingPeriod.of(BillingInterval.MONTH), new Money(999, "usd"), START, until);
    }

    private static Instant day(Integer day) {
        return day == null ? null : START.plus(day, ChronoUnit.DAYS);
    }

    private static String entitlements(MembershipConfig policy, SubscriptionSnapshot snapshot) {
        return new Entitling(policy)
                .entitlements(snapshot).stream()
                        .map(entitlement -> entitlement.basis()
                                + Optional.of(entitlement.term().end())
                                        .filter(end -> !end.equals(Instant.MAX))
                                        .map(end -> " to " + ChronoUnit.DAYS.between(START, end))
                                        .orElse(" without end"))
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(", "), it -> it.isEmpty() ? "nothing" : it));
    }
}
