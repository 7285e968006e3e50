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

/** From an agreement to rights. Days are counted from the day on which the agreement began. */
class EntitlingTest {
    private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

    /** Grace of 7 days, slack of 1. */
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
            status             | trial | paid | ends | ended | unpaid | right
            TRIALING           | 14    | 14   | -    | -     | -      | TRIAL to 15
            TRIALING           | 14    | 14   | 14   | -     | -      | TRIAL to 14
            TRIALING           | 14    | 14   | 5    | -     | -      | TRIAL to 5
            ACTIVE             | -     | 30   | -    | -     | -      | MEMBER to 31
            ACTIVE             | 14    | 44   | -    | -     | -      | MEMBER to 45
            # who has cancelled has no slack
            ACTIVE             | -     | 30   | 30   | -     | -      | MEMBER to 30
            # a cancellation in a later period is no cancellation of this one
            ACTIVE             | -     | 30   | 75   | -     | -      | MEMBER to 31
            ACTIVE             | -     | 75   | 75   | -     | -      | MEMBER to 75
            # the end of the period is not said: until it is
            ACTIVE             | -     | -    | -    | -     | -      | MEMBER for ever
            # grace counts from the start of the period that was not paid
            PAST_DUE           | -     | 60   | -    | -     | 30     | GRACE to 37
            PAST_DUE           | -     | 60   | 33   | -     | 30     | GRACE to 33
            PAST_DUE           | 14    | 44   | -    | -     | 14     | GRACE to 21
            # what is owed leaves a trace
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
            String right) {
        var agreement = agreement(status, trial, paid, ends, ended, unpaid, false, null, null);

        assertThat(rights(USUAL, agreement)).isEqualTo(right);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', nullValues = "-", textBlock = """
            pending | refunded | disputed | slow  | refund | dispute | right
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
            PendingPaymentPolicy slow,
            ReversalPolicy refund,
            ReversalPolicy dispute,
            String right) {
        var agreement = agreement(SubscriptionStatus.ACTIVE, null, 30, null, null, null, pending, refunded, disputed);

        assertThat(rights(new TestMembershipConfig(slow, refund, dispute), agreement))
                .isEqualTo(right);
    }

    @ParameterizedTest
    @EnumSource(PendingPaymentPolicy.class)
    void failedDelayedFirstPaymentGivesNoGrace(PendingPaymentPolicy slow) {
        var agreement = agreement(SubscriptionStatus.PAST_DUE, null, 30, null, null, 0, true, null, null);

        assertThat(rights(new TestMembershipConfig(slow, ReversalPolicy.KEEP, ReversalPolicy.END), agreement))
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
                        right -> right.term().end())
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

        assertThat(rights(USUAL, both)).isEqualTo("MEMBER to 366");
    }

    private static SubscriptionSnapshot agreement(
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

    private static String rights(MembershipConfig policy, SubscriptionSnapshot agreement) {
        return new Entitling(policy)
                .entitlements(agreement).stream()
                        .map(right -> right.basis()
                                + Optional.of(right.term().end())
                                        .filter(end -> !end.equals(Instant.MAX))
                                        .map(end -> " to " + ChronoUnit.DAYS.between(START, end))
                                        .orElse(" for ever"))
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(", "), it -> it.isEmpty() ? "nothing" : it));
    }
}
