package dev.gatefold.subscriptions.membership;

import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.kernel.Problem;
import java.util.Optional;

/** The problems with which a sale or a free trial is refused to an account that has a subscription. */
public final class SaleConflict {
    private SaleConflict() {}

    /** Returns the problem 409 with which a sale is refused, or empty if the account has no subscription. */
    public static Optional<Problem> of(BillingStatus status) {
        return switch (status) {
            case NONE -> Optional.empty();
            case CURRENT -> alreadySubscribed();
            case PENDING -> paymentPending();
            case OVERDUE ->
                conflict(
                        "payment-overdue",
                        "Payment overdue",
                        "The account has a subscription with an open invoice; pay it on the page that POST /v1/me/payment "
                                + "returns");
            case PAUSED ->
                conflict(
                        "subscription-paused",
                        "Subscription paused",
                        "The account has a paused subscription; resume it with POST /v1/me/subscription/resume");
            case REVERSED ->
                conflict(
                        "payment-reversed",
                        "Payment reversed",
                        "The payment of the account's subscription was refunded or disputed; manage it on the page that "
                                + "POST /v1/me/portal returns");
        };
    }

    /** Returns the problem 409 with which a free trial is refused, or empty if the account has no subscription. */
    static Optional<Problem> ofTrial(BillingStatus status) {
        return switch (status) {
            case NONE -> Optional.empty();
            case PENDING -> paymentPending();
            case CURRENT, OVERDUE, PAUSED, REVERSED -> alreadySubscribed();
        };
    }

    private static Optional<Problem> alreadySubscribed() {
        return conflict(
                "already-subscribed",
                "Already subscribed",
                "The account has a live subscription; manage it on the page that POST /v1/me/portal returns");
    }

    private static Optional<Problem> paymentPending() {
        return conflict(
                "payment-pending",
                "Payment pending",
                "The payment of an earlier purchase is in progress; wait until the bank has confirmed or refused it");
    }

    private static Optional<Problem> conflict(String code, String title, String detail) {
        return Optional.of(Problem.conflict(code, title, detail));
    }
}
