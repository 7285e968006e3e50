package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.membership.CurrentReader;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Schedules and undoes the cancellation of a reader's subscription. Blocks while it calls the billing provider. */
@Singleton
public class Cancellation {
    private final CurrentReader readers;
    private final Subscriptions subscriptions;
    private final BillingProvider billing;

    Cancellation(CurrentReader readers, Subscriptions subscriptions, BillingProvider billing) {
        this.readers = readers;
        this.subscriptions = subscriptions;
        this.billing = billing;
    }

    /**
     * Cancels the live subscriptions of a reader at the end of the paid period. Does nothing if they are already canceling.
     *
     * @throws Problem 409 {@code no-subscription} if the account has no live subscription
     */
    public void cancel(Identity reader, Instant at) {
        live(reader, at).stream().filter(it -> !it.isCanceling()).forEach(billing::cancelAtPeriodEnd);
    }

    /**
     * Undoes a scheduled cancellation. Does nothing if none is scheduled.
     *
     * @throws Problem 409 {@code no-subscription} if the account has no live subscription
     */
    public void undo(Identity reader, Instant at) {
        live(reader, at).stream().filter(Subscription::isCanceling).forEach(billing::undoCancellation);
    }

    private List<Subscription> live(Identity reader, Instant at) {
        UUID account = readers.account(reader, at);
        // the reader may have changed the subscription in the provider's portal
        billing.syncAccount(account);
        List<Subscription> live = QuarkusTransaction.requiringNew().call(() -> subscriptions.allLiveOf(account));
        if (live.isEmpty()) {
            throw Problem.conflict("no-subscription", "No subscription", "The account has no live subscription");
        }
        return live;
    }
}
