package dev.gatefold.subscriptions.model;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Loads subscriptions together with their invoices. The methods require a transaction. */
@Singleton
public class BilledSubscriptions {
    private final Subscriptions subscriptions;
    private final Invoices invoices;

    BilledSubscriptions(Subscriptions subscriptions, Invoices invoices) {
        this.subscriptions = subscriptions;
        this.invoices = invoices;
    }

    /** Returns all subscriptions of an account: live ones first and additional ones last, then by start, newest first. */
    public List<BilledSubscription> ofAccount(UUID account) {
        return subscriptions.ofAccountLiveFirst(account).stream()
                .map(it -> new BilledSubscription(
                        it, invoices.ofSubscription(new SubscriptionKey(it.provider(), it.id()))))
                .toList();
    }
}
