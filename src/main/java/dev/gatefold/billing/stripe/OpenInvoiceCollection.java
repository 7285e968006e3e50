package dev.gatefold.billing.stripe;

import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.Invoices;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionKey;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;

/** Collects open invoices with a new payment method, so that the reader need not wait for Stripe's next attempt. */
@Singleton
class OpenInvoiceCollection {
    private final StripeInvoiceApi stripe;
    private final Invoices invoices;

    OpenInvoiceCollection(StripeInvoiceApi stripe, Invoices invoices) {
        this.stripe = stripe;
        this.invoices = invoices;
    }

    /**
     * Collects the newest open invoice of each subscription whose payment is overdue. A declined payment is no failure.
     *
     * @param event id of the event, so that each event causes one attempt however often it is handled
     */
    void collect(String event, Collection<Subscription> subscriptions) {
        subscriptions.stream()
                .filter(it -> it.status() == SubscriptionStatus.PAST_DUE || it.status() == SubscriptionStatus.UNPAID)
                .flatMap(it -> newestOpen(it).stream())
                .forEach(invoice -> pay(invoice, "collect-" + event + "-" + invoice));
    }

    private Optional<String> newestOpen(Subscription subscription) {
        return invoices.ofSubscription(new SubscriptionKey(subscription.provider(), subscription.id())).stream()
                .filter(InvoiceSnapshot::isOwed)
                .findFirst()
                .filter(invoice -> !invoice.isProcessing())
                .map(InvoiceSnapshot::id);
    }

    private void pay(String invoice, String key) {
        try {
            var _ = stripe.pay(invoice, key);
        } catch (StripeFailure failure) {
            if (failure.isRetryable()) {
                throw failure;
            }
            Log.infof("Invoice %s is not paid with the new payment method: %s", invoice, failure.getMessage());
        }
    }
}
