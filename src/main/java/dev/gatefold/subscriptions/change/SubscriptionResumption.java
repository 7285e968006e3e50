package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.membership.CurrentReader;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Resumes the paused subscription of a reader. Blocks while it calls the billing provider. */
@Singleton
public class SubscriptionResumption {
    private final CurrentReader readers;
    private final Subscriptions subscriptions;
    private final BillingProvider billing;

    SubscriptionResumption(CurrentReader readers, Subscriptions subscriptions, BillingProvider billing) {
        this.readers = readers;
        this.subscriptions = subscriptions;
        this.billing = billing;
    }

    /**
     * Resumes the paused subscriptions of a reader. Does nothing if a live subscription is not paused.
     *
     * @throws Problem 409 {@code no-subscription} if the account has no live subscription; 409
     *     {@code payment-method-required} if there is no payment method that could be charged
     */
    public void resume(Identity reader, Instant at) {
        UUID account = readers.account(reader, at);
        billing.syncAccount(account);
        List<Subscription> live = QuarkusTransaction.requiringNew().call(() -> subscriptions.allLiveOf(account));
        if (live.isEmpty()) {
            throw Problem.conflict("no-subscription", "No subscription", "The account has no live subscription");
        }
        live.stream().filter(it -> it.status() == SubscriptionStatus.PAUSED).forEach(billing::resume);
    }
}
