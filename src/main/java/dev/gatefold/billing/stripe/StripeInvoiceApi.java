package dev.gatefold.billing.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeCollection;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePaymentListParams;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Calls to Stripe about invoices. All methods block and throw {@link StripeFailure}. */
@Singleton
class StripeInvoiceApi {
    /** The error code of Stripe for a subscription that will not be invoiced again. */
    static final String NO_UPCOMING_INVOICE = "invoice_upcoming_none";

    private final StripeCalls calls;

    StripeInvoiceApi(StripeCalls calls) {
        this.calls = calls;
    }

    /** Fetches a page of the invoices of a subscription, newest first. */
    StripeCollection<Invoice> list(String subscription, Optional<String> after) {
        var params = InvoiceListParams.builder().setSubscription(subscription).setLimit(StripePages.MAX_SIZE);
        after.ifPresent(params::setStartingAfter);
        return calls.call((stripe, options) -> stripe.invoices().list(params.build(), options));
    }

    /** Fetches the newest invoices of a subscription, at most one page. */
    List<Invoice> listNewest(String subscription) {
        return list(subscription, Optional.empty()).getData();
    }

    /** Fetches an invoice. */
    Optional<Invoice> find(String id) {
        return calls.find((stripe, options) -> stripe.invoices().retrieve(id, options));
    }

    /** Fetches the payment of an invoice that was started last. */
    Optional<PaymentIntent> findPayment(String invoice) {
        var params = InvoicePaymentListParams.builder()
                .setInvoice(invoice)
                .addExpand("data.payment.payment_intent")
                .setLimit(StripePages.MAX_SIZE)
                .build();
        return calls
                .call((stripe, options) ->
                        stripe.invoicePayments().list(params, options).getData())
                .stream()
                .filter(payment -> payment.getPayment() != null)
                .sorted(Comparator.comparing(
                        InvoicePayment::getCreated, Comparator.nullsFirst(Comparator.<Long>reverseOrder())))
                .map(payment -> payment.getPayment().getPaymentIntentObject())
                .filter(Objects::nonNull)
                .findFirst();
    }

    /**
     * Fetches a preview of the next invoice of a subscription.
     *
     * @throws StripeFailure with the code {@link #NO_UPCOMING_INVOICE} if the subscription will not be invoiced again
     */
    Invoice preview(String subscription) {
        var params = InvoiceCreatePreviewParams.builder()
                .setSubscription(subscription)
                .build();
        return calls.call((stripe, options) -> stripe.invoices().createPreview(params, options));
    }

    /** Collects an open invoice with the customer's default payment method. */
    Invoice pay(String invoice, String idempotencyKey) {
        return calls.callOnce(
                idempotencyKey, (stripe, options) -> stripe.invoices().pay(invoice, options));
    }

    /** Voids an open invoice, so that it is not owed any more. */
    Invoice voidInvoice(String invoice, String idempotencyKey) {
        return calls.callOnce(
                idempotencyKey, (stripe, options) -> stripe.invoices().voidInvoice(invoice, options));
    }
}
