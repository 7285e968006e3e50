package dev.gatefold.subscriptions.personaldata;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.subscriptions.checkout.Checkouts;
import dev.gatefold.subscriptions.membership.Membership.SubscriptionSummary;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.Subscriptions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * What a reader has bought, or was about to. What was bought stays, ended, for the books, and because news of refunds and
 * disputes goes on coming for months; where readers were when they paid goes.
 */
@Singleton
class PurchasePersonalData implements PersonalDataStore {
    record PurchaseExport(List<SubscriptionSummary> subscriptions, List<ExportedCheckout> checkouts) {}

    /** @param article where the reader was */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExportedCheckout(
            String plan, BillingInterval interval, String article, Checkout.CheckoutState state, Instant at) {
        private static ExportedCheckout of(Checkout checkout) {
            return new ExportedCheckout(
                    checkout.plan, checkout.interval, checkout.article, checkout.state, checkout.createdAt);
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
