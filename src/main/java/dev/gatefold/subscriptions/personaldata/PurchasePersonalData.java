package dev.gatefold.subscriptions.personaldata;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.subscriptions.checkout.Checkouts;
import dev.gatefold.subscriptions.membership.SubscriptionSummary;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutState;
import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.InvoiceStatus;
import dev.gatefold.subscriptions.model.Invoices;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionKey;
import dev.gatefold.subscriptions.model.Subscriptions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Exports and erases subscriptions and checkouts. Erasure deletes the checkouts, which name articles, and the
 * links to hosted invoices. It keeps the ended subscriptions and the amounts for accounting, and because refunds and disputes
 * may follow for months.
 */
@Singleton
class PurchasePersonalData implements PersonalDataStore {
    record PurchaseExport(
            List<SubscriptionSummary> subscriptions,
            List<ExportedInvoice> invoices,
            List<ExportedCheckout> checkouts) {}

    /**
     * An invoice in the export. Amounts are in the minor unit of the currency.
     *
     * @param paidAt null if the invoice is not paid
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExportedInvoice(
            String id,
            String customer,
            InvoiceStatus status,
            String currency,
            long total,
            long tax,
            long paid,
            long refunded,
            Instant createdAt,
            Instant paidAt) {
        private static ExportedInvoice of(Subscription subscription, InvoiceSnapshot invoice) {
            return new ExportedInvoice(
                    invoice.id(),
                    subscription.customer(),
                    invoice.status(),
                    invoice.currency(),
                    invoice.total(),
                    invoice.tax(),
                    invoice.paid(),
                    invoice.refunded(),
                    invoice.createdAt(),
                    invoice.paidAt());
        }
    }

    /**
     * A checkout in the export.
     *
     * @param article URL of the article to return to after payment; null if none
     * @param at when the checkout was started
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExportedCheckout(String plan, BillingInterval interval, String article, CheckoutState state, Instant at) {
        private static ExportedCheckout of(Checkout checkout) {
            return new ExportedCheckout(
                    checkout.plan(),
                    checkout.interval(),
                    checkout.article().map(Object::toString).orElse(null),
                    checkout.state(),
                    checkout.createdAt());
        }
    }

    private final Subscriptions subscriptions;
    private final Invoices invoices;
    private final Checkouts checkouts;

    PurchasePersonalData(Subscriptions subscriptions, Invoices invoices, Checkouts checkouts) {
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.checkouts = checkouts;
    }

    @Override
    public String exportMember() {
        return "purchases";
    }

    @Override
    public PurchaseExport export(Account account) {
        return new PurchaseExport(
                subscriptions.ofAccount(account.id).stream()
                        .map(SubscriptionSummary::of)
                        .toList(),
                subscriptions.ofAccount(account.id).stream()
                        .flatMap(this::invoices)
                        .toList(),
                checkouts.ofAccount(account.id).stream()
                        .map(ExportedCheckout::of)
                        .toList());
    }

    private Stream<ExportedInvoice> invoices(Subscription subscription) {
        var key = new SubscriptionKey(subscription.provider(), subscription.id());
        return invoices.ofSubscription(key).stream().map(invoice -> ExportedInvoice.of(subscription, invoice));
    }

    @Override
    public void erase(Account account, Instant at) {
        if (subscriptions.liveOf(account.id).isPresent()
                || checkouts.openOf(account.id).isPresent()) {
            throw ErasureRefused.problem();
        }
        checkouts.delete("accountId", account.id);
        invoices.removePagesOf(account.id);
    }
}
