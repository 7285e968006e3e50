package dev.gatefold.subscriptions.membership;

import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Identity;
import dev.gatefold.subscriptions.model.BilledSubscription;
import dev.gatefold.subscriptions.model.BilledSubscriptions;
import dev.gatefold.subscriptions.model.NextPayment.NextPaymentStatus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

/** Derives the memberships of readers. */
@Singleton
public class Memberships {
    private final CurrentReader readers;
    private final BilledSubscriptions subscriptions;
    private final CurrentCatalog catalog;

    Memberships(CurrentReader readers, BilledSubscriptions subscriptions, CurrentCatalog catalog) {
        this.readers = readers;
        this.subscriptions = subscriptions;
        this.catalog = catalog;
    }

    /** Returns the membership of a reader at an instant, from the database; throws as {@link CurrentReader} does. */
    public Membership find(Identity reader, Instant at) {
        Standing standing = readers.standing(reader, at);
        UUID account = standing.account().orElseThrow();
        return QuarkusTransaction.requiringNew()
                .call(() -> Membership.of(standing, subscriptions.ofAccount(account), isTrialOffered(), at));
    }

    /** Returns true if the next payment of every open subscription is known and was checked at {@code since} or later. */
    boolean hasNextPaymentFrom(UUID account, Instant since, Instant at) {
        return QuarkusTransaction.requiringNew().call(() -> subscriptions.ofAccount(account)).stream()
                .filter(BilledSubscription::isOpen)
                .map(subscription -> subscription.nextPayment(at))
                .allMatch(next -> next.status() != NextPaymentStatus.NOT_KNOWN
                        && !next.checkedAt().isBefore(since));
    }

    private boolean isTrialOffered() {
        return catalog.get().plans().stream().anyMatch(plan -> plan.trialDays() > 0);
    }
}
