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
            case PENDING, PAYMENT_IN_PROGRESS -> paymentPending();
            case FIRST_INVOICE_OPEN -> firstInvoiceOpen();
            case OVERDUE ->
                conflict(
                        "payment-overdue",
                        "Payment overdue",
                        "The account has a subscription with an open invoice; pay it on the page that POST /v1/me/payment "
                                + "returns");
            case UNCOLLECTED ->
                conflict(
                        "payment-overdue",
                        "Payment overdue",
                        "A payment of the account's subscription failed; manage the subscription on the page that POST "
                                + "/v1/me/portal returns, or cancel it before another purchase");
            case RESUMPTION_UNPAID ->
                conflict(
                        "subscription-paused",
                        "Subscription paused",
                        "The account has a paused subscription; pay its open invoice on the page that POST /v1/me/payment "
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
            case FIRST_INVOICE_OPEN -> firstInvoiceOpen();
            case CURRENT, OVERDUE, PAYMENT_IN_PROGRESS, UNCOLLECTED, PAUSED, RESUMPTION_UNPAID, REVERSED ->
                alreadySubscribed();
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
                "A payment of the account's subscription is in progress; wait until the bank has confirmed or refused it");
    }

    private static Optional<Problem> firstInvoiceOpen() {
        return conflict(
                "payment-pending",
                "Payment pending",
                "The first invoice of an earlier purchase is open; pay it on the page that POST /v1/me/payment returns");
    }

    private static Optional<Problem> conflict(String code, String title, String detail) {
        return Optional.of(Problem.conflict(code, title, detail));
    }
}
