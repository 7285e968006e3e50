package dev.gatefold.subscriptions.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.kernel.Money;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
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
            status             | trial | paid | ends | ended | unpaid | expected
            TRIALING           | 14    | 14   | -    | -     | -      | TRIAL to 15
            TRIALING           | 14    | 14   | 14   | -     | -      | TRIAL to 14
            TRIALING           | 14    | 14   | 5    | -     | -      | TRIAL to 5
            ACTIVE             | -     | 30   | -    | -     | -      | MEMBER to 31
            ACTIVE             | 14    | 44   | -    | -     | -      | MEMBER to 45
            # a cancelled subscription has no renewal leeway
            ACTIVE             | -     | 30   | 30   | -     | -      | MEMBER to 30
            # a cancellation in a later period does not affect this one
            ACTIVE             | -     | 30   | 75   | -     | -      | MEMBER to 31
            ACTIVE             | -     | 75   | 75   | -     | -      | MEMBER to 75
            # without a known period the entitlement has no end
            ACTIVE             | -     | -    | -    | -     | -      | MEMBER without end
            # grace counts from the start of the unpaid period
            PAST_DUE           | -     | 60   | -    | -     | 30     | GRACE to 37
            PAST_DUE           | -     | 60   | 33   | -     | 30     | GRACE to 33
            PAST_DUE           | 14    | 44   | -    | -     | 14     | GRACE to 21
            # past grace records that a payment is owed
            UNPAID             | -     | 60   | -    | -     | 30     | GRACE to 30
            PAUSED             | 14    | 14   | -    | -     | -      | GRACE to 14
            PAUSED             | -     | 14   | -    | -     | -      | nothing
            CANCELED           | -     | 30   | -    | 30    | -      | MEMBER to 30
            CANCELED           | -     | 30   | -    | 3     | -      | MEMBER to 3
            CANCELED           | 14    | 14   | -    | 14    | -      | TRIAL to 14
            CANCELED           | 14    | 44   | -    | 15    | -      | MEMBER to 15
            CANCELED           | -     | 30   | -    | 0     | -      | nothing
            UNPAID             | -     | 30   | -    | -     | 0      | GRACE to 0
            INCOMPLETE         | -     | 30   | -    | -     | -      | nothing
            INCOMPLETE_EXPIRED | -     | 30   | -    | -     | -      | nothing
            UNKNOWN            | -     | 30   | -    | -     | -      | nothing
            """)
    void subscriptionStateGivesExpectedEntitlement(
            SubscriptionStatus status,
            Integer trial,
            Integer paid,
            Integer ends,
            Integer ended,
            Integer unpaid,
            String expected) {
        var snapshot = snapshot(status, trial, paid, ends, ended, unpaid, false, null, null);

        assertThat(entitlements(USUAL, snapshot)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', nullValues = "-", textBlock = """
            pending | refunded | disputed | pendingPayment | refund | dispute | expected
            false   | -        | 0        | DENY  | KEEP   | END     | GRACE to 0
            false   | 12       | -        | DENY  | KEEP   | END     | MEMBER to 31
            false   | 12       | -        | DENY  | END    | END     | GRACE to 12
            false   | -        | 9        | DENY  | KEEP   | END     | GRACE to 9
            false   | -        | 9        | DENY  | KEEP   | KEEP    | MEMBER to 31
            false   | 12       | 9        | DENY  | END    | END     | GRACE to 9
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
        var snapshot = snapshot(SubscriptionStatus.ACTIVE, null, 30, null, null, null, pending, refunded, disputed);

        assertThat(entitlements(new TestMembershipConfig(pendingPayment, refund, dispute), snapshot))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(PendingPaymentPolicy.class)
    void failedDelayedFirstPaymentGivesNoGrace(PendingPaymentPolicy pendingPayment) {
        var snapshot = snapshot(SubscriptionStatus.PAST_DUE, null, 30, null, null, 0, true, null, null);

        assertThat(entitlements(
                        new TestMembershipConfig(pendingPayment, ReversalPolicy.KEEP, ReversalPolicy.END), snapshot))
                .isEqualTo("GRACE to 0");
    }

    @Test
    void everyPurchasedPlanGivesAnEntitlement() {
        var both = new SubscriptionSnapshot(
                "sub_1",
                SubscriptionStatus.ACTIVE,
                List.of(item("news", day(30)), item("sport", day(365))),
                START,
                null,
                null,
                null,
                null,
                false,
                null,
                null);

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
        var both = new SubscriptionSnapshot(
                "sub_1",
                SubscriptionStatus.ACTIVE,
                List.of(item("news", day(365)), item("news", day(30))),
                START,
                null,
                null,
                null,
                null,
                false,
                null,
                null);

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
                day(refunded),
                day(disputed));
    }

    private static SubscriptionSnapshot.SnapshotItem item(String plan, Instant until) {
        return new SubscriptionSnapshot.SnapshotItem(plan, BillingInterval.MONTH, new Money(999, "usd"), START, until);
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
