package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.model.BilledSubscription;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * Lets a reader's subscriptions continue: undoes a scheduled cancellation, and resumes a paused subscription. Blocks while it
 * calls the billing provider.
 */
@Singleton
public class SubscriptionResumption {
    private final ReaderSubscriptions subscriptions;
    private final BillingProvider billing;

    SubscriptionResumption(ReaderSubscriptions subscriptions, BillingProvider billing) {
        this.subscriptions = subscriptions;
        this.billing = billing;
    }

    /**
     * Resumes the subscriptions of a reader. Does nothing to a subscription that continues, or whose resumption only waits
     * for the payment of its invoice.
     *
     * @throws Problem 409 {@code no-subscription} if no subscription of the account is open; 409
     *     {@code payment-method-required} if a paused subscription has no payment method that can be charged; 409
     *     {@code managed-by-schedule} or {@code cancellation-refused} if the billing provider refuses
     */
    public void resume(Identity reader, Instant at) {
        List<BilledSubscription> open = subscriptions.synced(reader, at).stream()
                .filter(BilledSubscription::isOpen)
                .toList();
        if (open.isEmpty()) {
            throw ReaderSubscriptions.noSubscription();
        }
        ReaderSubscriptions.forEach(open, this::resume);
    }

    private void resume(BilledSubscription billed) {
        if (billed.subscription().isCanceling()) {
            billing.undoCancellation(billed.subscription());
        }
        boolean unpaid = billed.payableInvoice().isPresent() || billed.isPaymentProcessing();
        if (billed.subscription().status() == SubscriptionStatus.PAUSED && !unpaid) {
            billing.resume(billed.subscription());
        }
    }
}
