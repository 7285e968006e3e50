package dev.gatefold.billing.customer;

import dev.gatefold.accounts.account.VerifiedEmailChanged;
import dev.gatefold.billing.queue.WorkItem;
import dev.gatefold.billing.queue.WorkQueue;
import dev.gatefold.subscriptions.model.ProviderName;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Requests the update of an account's customers when its verified e-mail address changes. */
@Singleton
class CustomerUpdateRequests {
    private final BillingCustomers customers;
    private final WorkQueue queue;

    CustomerUpdateRequests(BillingCustomers customers, WorkQueue queue) {
        this.customers = customers;
        this.queue = queue;
    }

    /** Queues the work within the transaction of the sign-in, which does not wait for the provider. */
    void requestUpdates(@Observes VerifiedEmailChanged fact) {
        for (ProviderName provider : ProviderName.values()) {
            customers
                    .liveOf(provider, fact.account())
                    .forEach(customer -> queue.request(WorkItem.customer(provider, customer)));
        }
    }
}
