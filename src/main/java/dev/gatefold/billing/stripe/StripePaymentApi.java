package dev.gatefold.billing.stripe;

import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.StripeCollection;
import com.stripe.param.DisputeListParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoicePaymentListParams;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Calls to Stripe about charges, disputes, invoices and events. All methods block and throw {@link StripeFailure}. */
@Singleton
class StripePaymentApi {
    private final StripeCalls calls;

    StripePaymentApi(StripeCalls calls) {
        this.calls = calls;
    }

    Optional<Charge> findCharge(String id) {
        return calls.find((stripe, options) -> stripe.charges().retrieve(id, options));
    }

    Optional<Dispute> findDispute(String id) {
        return calls.find((stripe, options) -> stripe.disputes().retrieve(id, options));
    }

    /** Fetches the disputes about a charge. */
    List<Dispute> disputesOf(String charge) {
        var params = DisputeListParams.builder()
                .setCharge(charge)
                .setLimit(StripePages.MAX_SIZE)
                .build();
        return calls.call(
                (stripe, options) -> stripe.disputes().list(params, options).getData());
    }

    /** Fetches a page of all disputes, newest first. */
    StripeCollection<Dispute> listDisputes(Optional<String> after) {
        var params = DisputeListParams.builder().setLimit(StripePages.MAX_SIZE);
        after.ifPresent(params::setStartingAfter);
        return calls.call((stripe, options) -> stripe.disputes().list(params.build(), options));
    }

    /** Fetches the invoice that a payment intent paid. */
    Optional<Invoice> findInvoicePaidBy(String paymentIntent) {
        var params = InvoicePaymentListParams.builder()
                .setPayment(InvoicePaymentListParams.Payment.builder()
                        .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                        .setPaymentIntent(paymentIntent)
                        .build())
                .build();
        return calls
                .call((stripe, options) ->
                        stripe.invoicePayments().list(params, options).getData())
                .stream()
                .map(InvoicePayment::getInvoice)
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(id -> calls.find((stripe, options) -> stripe.invoices().retrieve(id, options)));
    }

    /** Fetches a page of the events that Stripe could not deliver to any webhook endpoint, newest first. */
    StripeCollection<Event> listUndeliveredEvents(Optional<String> after) {
        var params = EventListParams.builder().setDeliverySuccess(false).setLimit(StripePages.MAX_SIZE);
        after.ifPresent(params::setStartingAfter);
        return calls.call((stripe, options) -> stripe.events().list(params.build(), options));
    }
}
