package dev.gatefold.subscriptions.membership;

import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a reader owes for open invoices. A payment that is under way is not owed again.
 *
 * @param amount in the minor unit of the currency, as the billing provider states it
 * @param currency ISO 4217 code, lower case
 * @param since start of the first unpaid period, or when its invoice was created
 * @param payUrl page of the billing provider on which the reader can pay the newest open invoice; null if there is none
 */
@Schema(requiredProperties = {"amount", "currency", "since"})
public record AmountDue(long amount, String currency, Instant since, URI payUrl) {
    /**
     * Returns what is owed.
     *
     * @param invoices of the live subscriptions, newest first
     */
    static Optional<AmountDue> of(List<InvoiceSnapshot> invoices) {
        List<InvoiceSnapshot> owed = invoices.stream()
                .filter(invoice -> invoice.isOwed() && !invoice.isProcessing())
                .toList();
        return owed.stream().findFirst().map(newest -> {
            List<InvoiceSnapshot> inCurrency = owed.stream()
                    .filter(invoice -> invoice.currency().equals(newest.currency()))
                    .toList();
            return new AmountDue(
                    inCurrency.stream().mapToLong(InvoiceSnapshot::remaining).sum(),
                    newest.currency(),
                    since(inCurrency.getLast()),
                    payUrl(owed));
        });
    }

    private static URI payUrl(List<InvoiceSnapshot> owed) {
        return owed.stream()
                .filter(InvoiceSnapshot::isPayable)
                .findFirst()
                .map(InvoiceSnapshot::hostedPage)
                .orElse(null);
    }

    private static Instant since(InvoiceSnapshot invoice) {
        return Objects.requireNonNullElse(invoice.periodStart(), invoice.createdAt());
    }
}
