package dev.gatefold.subscriptions.membership;

import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Identity;
import dev.gatefold.subscriptions.model.Invoices;
import dev.gatefold.subscriptions.model.NextPayment.NextPaymentStatus;
import dev.gatefold.subscriptions.model.SubscriptionKey;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Derives the memberships of readers. */
@Singleton
public class Memberships {
    private final CurrentReader readers;
    private final Subscriptions subscriptions;
    private final Invoices invoices;
    private final CurrentCatalog catalog;

    Memberships(CurrentReader readers, Subscriptions subscriptions, Invoices invoices, CurrentCatalog catalog) {
        this.readers = readers;
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.catalog = catalog;
    }

    /** Returns the membership of a reader at an instant, from the database; throws as {@link CurrentReader} does. */
    public Membership find(Identity reader, Instant at) {
        Standing standing = readers.standing(reader, at);
        UUID account = standing.account().orElseThrow();
        return QuarkusTransaction.requiringNew()
                .call(() -> Membership.of(standing, billed(account), isTrialOffered(), at));
    }

    /** Returns true if the next payment of every open subscription is known and was checked at {@code since} or later. */
    boolean hasNextPaymentFrom(UUID account, Instant since, Instant at) {
        return QuarkusTransaction.requiringNew().call(() -> billed(account)).stream()
                .filter(BilledSubscription::isOpen)
                .map(subscription -> subscription.nextPayment(at))
                .allMatch(next -> next.status() != NextPaymentStatus.NOT_KNOWN
                        && !next.checkedAt().isBefore(since));
    }

    private List<BilledSubscription> billed(UUID account) {
        return subscriptions.ofAccountLiveFirst(account).stream()
                .map(it -> new BilledSubscription(
                        it, invoices.ofSubscription(new SubscriptionKey(it.provider(), it.id()))))
                .toList();
    }

    private boolean isTrialOffered() {
        return catalog.get().plans().stream().anyMatch(plan -> plan.trialDays() > 0);
    }
}
