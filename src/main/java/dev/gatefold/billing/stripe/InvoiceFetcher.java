package dev.gatefold.billing.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.PaymentIntent;
import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.Invoices;
import dev.gatefold.subscriptions.model.SubscriptionKey;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches the invoices of a subscription, with the payment of each open one. */
@Singleton
class InvoiceFetcher {
    private final StripeInvoiceApi stripe;
    private final Invoices recorded;
    private final PaymentReversals reversals;

    InvoiceFetcher(StripeInvoiceApi stripe, Invoices recorded, PaymentReversals reversals) {
        this.stripe = stripe;
        this.recorded = recorded;
        this.reversals = reversals;
    }

    /** Returns the invoices, newest first: all of them at the first sync, later the newest hundred. */
    List<InvoiceSnapshot> fetch(String subscription) {
        boolean known = recorded.existFor(new SubscriptionKey(StripeBilling.PROVIDER, subscription));
        List<Invoice> invoices = known
                ? stripe.listNewest(subscription)
                : StripePages.stream(after -> stripe.list(subscription, after)).toList();
        Map<String, Long> refunds = reversals.refundsOf(subscription);
        return invoices.stream()
                .filter(invoice -> invoice.getCurrency() != null)
                .map(invoice -> InvoiceTranslation.invoice(
                        invoice, payment(invoice), refunds.getOrDefault(invoice.getId(), 0L)))
                .toList();
    }

    private Optional<PaymentIntent> payment(Invoice invoice) {
        if (!"open".equals(invoice.getStatus())) {
            return Optional.empty();
        }
        try {
            return stripe.findPayment(invoice.getId());
        } catch (StripeFailure failure) {
            if (failure.isRetryable()) {
                throw failure;
            }
            Log.warnf("The payment of invoice %s is not known: %s", invoice.getId(), failure.getMessage());
            return Optional.empty();
        }
    }
}
