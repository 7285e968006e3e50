package dev.gatefold.subscriptions.personaldata;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.subscriptions.checkout.Checkouts;
import dev.gatefold.subscriptions.membership.SubscriptionSummary;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutState;
import dev.gatefold.subscriptions.model.Subscriptions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * Exports and erases subscriptions and checkouts. Erasure deletes the checkouts, which name articles. It keeps the ended
 * subscriptions for accounting, and because refunds and disputes may follow for months.
 */
@Singleton
class PurchasePersonalData implements PersonalDataStore {
    record PurchaseExport(List<SubscriptionSummary> subscriptions, List<ExportedCheckout> checkouts) {}

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
    private final Checkouts checkouts;

    PurchasePersonalData(Subscriptions subscriptions, Checkouts checkouts) {
        this.subscriptions = subscriptions;
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
                checkouts.ofAccount(account.id).stream()
                        .map(ExportedCheckout::of)
                        .toList());
    }

    @Override
    public void erase(Account account, Instant at) {
        if (subscriptions.liveOf(account.id).isPresent()
                || checkouts.openOf(account.id).isPresent()) {
            throw ErasureRefused.problem();
        }
        checkouts.delete("accountId", account.id);
    }
}
