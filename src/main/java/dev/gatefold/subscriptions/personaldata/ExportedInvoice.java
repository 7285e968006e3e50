package dev.gatefold.subscriptions.personaldata;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.InvoiceStatus;
import dev.gatefold.subscriptions.model.PaymentStatus;
import dev.gatefold.subscriptions.model.Subscription;
import java.net.URI;
import java.time.Instant;

/**
 * An invoice in the export. Amounts are in the minor unit of the currency.
 *
 * @param reason why the invoice was created, in the words of the billing provider
 * @param paidAt absent if the invoice is not paid
 * @param hostedPage page on which the invoice can be viewed and paid; absent if there is none
 * @param payment status of the payment; absent if none is open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportedInvoice(
        String id,
        String subscription,
        String customer,
        InvoiceStatus status,
        String reason,
        String currency,
        long total,
        long net,
        long tax,
        long discount,
        long due,
        long paid,
        long remaining,
        long refunded,
        Instant periodStart,
        Instant periodEnd,
        Instant createdAt,
        Instant paidAt,
        Instant nextAttemptAt,
        URI hostedPage,
        PaymentStatus payment) {
    static ExportedInvoice of(Subscription subscription, InvoiceSnapshot invoice) {
        return new ExportedInvoice(
                invoice.id(),
                subscription.id(),
                subscription.customer(),
                invoice.status(),
                invoice.billingReason(),
                invoice.currency(),
                invoice.total(),
                invoice.net(),
                invoice.tax(),
                invoice.discount(),
                invoice.due(),
                invoice.paid(),
                invoice.remaining(),
                invoice.refunded(),
                invoice.periodStart(),
                invoice.periodEnd(),
                invoice.createdAt(),
                invoice.paidAt(),
                invoice.nextAttemptAt(),
                invoice.hostedPage(),
                invoice.payment());
    }
}
