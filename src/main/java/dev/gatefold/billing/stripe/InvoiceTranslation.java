package dev.gatefold.billing.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.PaymentIntent;
import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.InvoiceStatus;
import dev.gatefold.subscriptions.model.PaymentStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Translates an invoice of Stripe to an {@link InvoiceSnapshot}. Amounts are those of Stripe; none is computed from prices. */
final class InvoiceTranslation {
    private InvoiceTranslation() {}

    /**
     * Returns the snapshot of an invoice.
     *
     * @param payment the payment that is open; empty if none was fetched
     * @param refunded what was refunded of the payments
     */
    static InvoiceSnapshot invoice(Invoice invoice, Optional<PaymentIntent> payment, long refunded) {
        long total = orZero(invoice.getTotal());
        long tax = tax(invoice);
        long due = orZero(invoice.getAmountDue());
        long paid = orZero(invoice.getAmountPaid());
        Instant createdAt = orEpoch(StripeTimes.instant(invoice.getCreated()));
        return new InvoiceSnapshot(
                invoice.getId(),
                status(invoice.getStatus()),
                invoice.getBillingReason(),
                invoice.getCurrency(),
                total,
                Optional.ofNullable(invoice.getTotalExcludingTax()).orElse(total - tax),
                tax,
                discount(invoice),
                due,
                paid,
                Optional.ofNullable(invoice.getAmountRemaining()).orElse(due - paid),
                refunded,
                periodStart(invoice),
                periodEnd(invoice),
                createdAt,
                paidAt(invoice, createdAt),
                StripeTimes.instant(invoice.getNextPaymentAttempt()),
                Boolean.TRUE.equals(invoice.getAutoAdvance()),
                Optional.ofNullable(invoice.getHostedInvoiceUrl())
                        .map(URI::create)
                        .orElse(null),
                payment.map(it -> paymentStatus(it.getStatus())).orElse(null));
    }

    private static InvoiceStatus status(String status) {
        return switch (status) {
            case "open" -> InvoiceStatus.OPEN;
            case "paid" -> InvoiceStatus.PAID;
            case "uncollectible" -> InvoiceStatus.UNCOLLECTIBLE;
            case "void" -> InvoiceStatus.VOID;
            case null, default -> InvoiceStatus.DRAFT;
        };
    }

    private static PaymentStatus paymentStatus(String status) {
        return switch (status) {
            case "processing" -> PaymentStatus.PROCESSING;
            case "succeeded" -> PaymentStatus.SUCCEEDED;
            case "canceled" -> PaymentStatus.CANCELED;
            case "requires_action", "requires_confirmation" -> PaymentStatus.ACTION_REQUIRED;
            case null, default -> PaymentStatus.PAYMENT_METHOD_REQUIRED;
        };
    }

    private static long tax(Invoice invoice) {
        List<Invoice.TotalTax> taxes = invoice.getTotalTaxes();
        return taxes == null
                ? 0
                : taxes.stream().mapToLong(it -> orZero(it.getAmount())).sum();
    }

    private static long discount(Invoice invoice) {
        List<Invoice.TotalDiscountAmount> discounts = invoice.getTotalDiscountAmounts();
        return discounts == null
                ? 0
                : discounts.stream().mapToLong(it -> orZero(it.getAmount())).sum();
    }

    /** Returns the latest period start among the lines; earlier ones belong to amounts that were carried over. */
    private static Instant periodStart(Invoice invoice) {
        return latest(invoice, InvoiceLineItem.Period::getStart);
    }

    private static Instant periodEnd(Invoice invoice) {
        return latest(invoice, InvoiceLineItem.Period::getEnd);
    }

    private static Instant latest(Invoice invoice, Function<InvoiceLineItem.Period, Long> end) {
        return invoice.getLines() == null || invoice.getLines().getData() == null
                ? null
                : invoice.getLines().getData().stream()
                        .map(InvoiceLineItem::getPeriod)
                        .filter(Objects::nonNull)
                        .map(period -> StripeTimes.instant(end.apply(period)))
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null);
    }

    private static Instant paidAt(Invoice invoice, Instant createdAt) {
        if (!"paid".equals(invoice.getStatus())) {
            return null;
        }
        return Optional.ofNullable(invoice.getStatusTransitions())
                .map(it -> StripeTimes.instant(it.getPaidAt()))
                .orElse(createdAt);
    }

    private static long orZero(Long amount) {
        return amount == null ? 0 : amount;
    }

    private static Instant orEpoch(Instant instant) {
        return instant == null ? Instant.EPOCH : instant;
    }
}
