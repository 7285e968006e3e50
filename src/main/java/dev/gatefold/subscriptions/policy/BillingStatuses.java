package dev.gatefold.subscriptions.policy;

import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.subscriptions.model.Subscription;
import java.util.Comparator;
import java.util.List;

/** Maps the subscriptions of an account to its billing status. A pure function. */
public final class BillingStatuses {
    /** If an account has several live subscriptions, the one that needs the least attention counts. */
    private static final List<BillingStatus> BEST_FIRST = List.of(
            BillingStatus.CURRENT,
            BillingStatus.OVERDUE,
            BillingStatus.PENDING,
            BillingStatus.PAUSED,
            BillingStatus.REVERSED,
            BillingStatus.NONE);

    private BillingStatuses() {}

    /** Returns the billing status of an account with these subscriptions. */
    public static BillingStatus of(List<Subscription> subscriptions) {
        return subscriptions.stream()
                .map(BillingStatuses::of)
                .min(Comparator.comparingInt(BEST_FIRST::indexOf))
                .orElse(BillingStatus.NONE);
    }

    /** Returns the billing status that one subscription gives. */
    public static BillingStatus of(Subscription subscription) {
        if (subscription.isFirstPaymentPending()) {
            return BillingStatus.PENDING;
        }
        return switch (subscription.status()) {
            case TRIALING, ACTIVE -> subscription.isPaymentReversed() ? BillingStatus.REVERSED : BillingStatus.CURRENT;
            case PAST_DUE, UNPAID -> BillingStatus.OVERDUE;
            case PAUSED -> BillingStatus.PAUSED;
            // no sale while it is unclear what the subscription is
            case UNKNOWN -> BillingStatus.CURRENT;
            case INCOMPLETE, INCOMPLETE_EXPIRED, CANCELED -> BillingStatus.NONE;
        };
    }
}
