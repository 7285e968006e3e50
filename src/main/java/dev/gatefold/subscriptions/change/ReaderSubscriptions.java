package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.membership.CurrentReader;
import dev.gatefold.subscriptions.model.BilledSubscription;
import dev.gatefold.subscriptions.model.BilledSubscriptions;
import dev.gatefold.subscriptions.model.BillingProvider;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Loads the subscriptions of a reader for a change, and applies the change to each of them. */
@Singleton
class ReaderSubscriptions {
    private static final Set<String> REFUSALS = Set.of("managed-by-schedule", "cancellation-refused");

    private final CurrentReader readers;
    private final BilledSubscriptions subscriptions;
    private final BillingProvider billing;

    ReaderSubscriptions(CurrentReader readers, BilledSubscriptions subscriptions, BillingProvider billing) {
        this.readers = readers;
        this.subscriptions = subscriptions;
        this.billing = billing;
    }

    /**
     * Returns all subscriptions of a reader, live ones first, after a sync: the reader may have changed them in the
     * provider's portal. Blocks while it calls the billing provider.
     */
    List<BilledSubscription> synced(Identity reader, Instant at) {
        UUID account = readers.account(reader, at);
        billing.syncAccount(account);
        return QuarkusTransaction.requiringNew().call(() -> subscriptions.ofAccount(account));
    }

    /** Changes each subscription. A refusal for one does not keep the others unchanged; the first one is thrown at the end. */
    static void forEach(List<BilledSubscription> subscriptions, Consumer<BilledSubscription> change) {
        Problem refusal = null;
        for (BilledSubscription subscription : subscriptions) {
            try {
                change.accept(subscription);
            } catch (Problem problem) {
                if (refusal == null) {
                    refusal = problem;
                } else {
                    refusal.addSuppressed(problem);
                }
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Returns true if the billing provider refuses the change, so that only its portal can help. */
    static boolean isRefusal(Problem problem) {
        return REFUSALS.contains(problem.code());
    }

    static Problem noSubscription() {
        return Problem.conflict("no-subscription", "No subscription", "The account has no live subscription");
    }
}
