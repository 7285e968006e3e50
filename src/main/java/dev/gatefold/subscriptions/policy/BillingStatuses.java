package dev.gatefold.subscriptions.policy;

import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.subscriptions.model.BilledSubscription;
import dev.gatefold.subscriptions.model.Subscription;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Maps the subscriptions of an account to its billing status. A pure function. */
public final class BillingStatuses {
    /** If an account has several live subscriptions, the one that needs the least attention counts. */
    private static final List<BillingStatus> BEST_FIRST = List.of(
            BillingStatus.CURRENT,
            BillingStatus.PAYMENT_IN_PROGRESS,
            BillingStatus.OVERDUE,
            BillingStatus.PENDING,
            BillingStatus.FIRST_INVOICE_OPEN,
            BillingStatus.UNCOLLECTED,
            BillingStatus.RESUMPTION_UNPAID,
            BillingStatus.PAUSED,
            BillingStatus.REVERSED,
            BillingStatus.NONE);

    private BillingStatuses() {}

    /** Returns the billing status of an account with these subscriptions. */
    public static BillingStatus of(List<BilledSubscription> subscriptions) {
        return decisive(subscriptions).map(BillingStatuses::of).orElse(BillingStatus.NONE);
    }

    /** Returns the open subscription that determines the status of an account, the first of equal ones; empty if none is open. */
    public static Optional<BilledSubscription> decisive(List<BilledSubscription> subscriptions) {
        return subscriptions.stream()
                .filter(BilledSubscription::isOpen)
                .min(Comparator.comparingInt(it -> BEST_FIRST.indexOf(of(it))));
    }

    private static BillingStatus of(BilledSubscription billed) {
        Subscription subscription = billed.subscription();
        boolean payable = billed.payableInvoice().isPresent();
        boolean processing = billed.isPaymentProcessing();
        if (subscription.isFirstPaymentPending()) {
            return payable && !processing ? BillingStatus.FIRST_INVOICE_OPEN : BillingStatus.PENDING;
        }
        return switch (subscription.status()) {
            case TRIALING, ACTIVE -> subscription.isPaymentReversed() ? reversed(payable) : BillingStatus.CURRENT;
            case PAST_DUE, UNPAID -> overdue(payable, processing);
            case PAUSED -> paused(payable, processing);
            // no sale while it is unclear what the subscription is
            case UNKNOWN -> payable ? BillingStatus.OVERDUE : BillingStatus.CURRENT;
            case INCOMPLETE, INCOMPLETE_EXPIRED, CANCELED -> BillingStatus.NONE;
        };
    }

    private static BillingStatus overdue(boolean payable, boolean processing) {
        if (payable) {
            return BillingStatus.OVERDUE;
        }
        return processing ? BillingStatus.PAYMENT_IN_PROGRESS : BillingStatus.UNCOLLECTED;
    }

    private static BillingStatus paused(boolean payable, boolean processing) {
        if (payable) {
            return BillingStatus.RESUMPTION_UNPAID;
        }
        return processing ? BillingStatus.PAYMENT_IN_PROGRESS : BillingStatus.PAUSED;
    }

    /** The next payment restores access, so an open invoice matters more than the reversed payment. */
    private static BillingStatus reversed(boolean payable) {
        return payable ? BillingStatus.OVERDUE : BillingStatus.REVERSED;
    }
}
