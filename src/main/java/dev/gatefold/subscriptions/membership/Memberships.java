package dev.gatefold.subscriptions.membership;

import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Identity;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

/** Derives the memberships of readers. */
@Singleton
public class Memberships {
    private final CurrentReader readers;
    private final Subscriptions subscriptions;

    Memberships(CurrentReader readers, Subscriptions subscriptions) {
        this.readers = readers;
        this.subscriptions = subscriptions;
    }

    /** Returns the membership of a reader at an instant, from the database; throws as {@link CurrentReader} does. */
    public Membership find(Identity reader, Instant at) {
        Standing standing = readers.standing(reader, at);
        UUID account = standing.account().orElseThrow();
        return QuarkusTransaction.requiringNew()
                .call(() -> Membership.of(standing, subscriptions.latestOf(account), at));
    }
}
