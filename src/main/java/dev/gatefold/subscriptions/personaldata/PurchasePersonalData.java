package dev.gatefold.subscriptions.personaldata;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.subscriptions.checkout.Checkouts;
import dev.gatefold.subscriptions.model.BilledSubscription;
import dev.gatefold.subscriptions.model.BilledSubscriptions;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutState;
import dev.gatefold.subscriptions.model.Invoices;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * Exports and erases subscriptions and checkouts. Erasure deletes the checkouts, which name articles, and the
 * links to hosted invoices. It keeps the ended subscriptions and the amounts for accounting, and because refunds and disputes
 * may follow for months.
 */
@Singleton
class PurchasePersonalData implements PersonalDataStore {
    record PurchaseExport(
            List<ExportedSubscription> subscriptions,
            List<ExportedInvoice> invoices,
            List<ExportedCheckout> checkouts) {}

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

    private final BilledSubscriptions subscriptions;
    private final Invoices invoices;
    private final Checkouts checkouts;

    PurchasePersonalData(BilledSubscriptions subscriptions, Invoices invoices, Checkouts checkouts) {
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
        List<BilledSubscription> billed = subscriptions.ofAccount(account.id);
        return new PurchaseExport(
                billed.stream()
                        .map(it -> ExportedSubscription.of(it.subscription()))
                        .toList(),
                billed.stream()
                        .flatMap(it ->
                                it.invoices().stream().map(invoice -> ExportedInvoice.of(it.subscription(), invoice)))
                        .toList(),
                checkouts.ofAccount(account.id).stream()
                        .map(ExportedCheckout::of)
                        .toList());
    }

    @Override
    public void erase(Account account, Instant at) {
        if (subscriptions.ofAccount(account.id).stream().anyMatch(BilledSubscription::isOpen)
                || checkouts.openOf(account.id).isPresent()) {
            throw ErasureRefused.problem();
        }
        checkouts.delete("accountId", account.id);
        invoices.removePagesOf(account.id);
    }
}
