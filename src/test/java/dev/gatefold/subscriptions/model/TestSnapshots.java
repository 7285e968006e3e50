package dev.gatefold.subscriptions.model;

import dev.gatefold.subscriptions.model.SubscriptionSnapshot.SnapshotItem;
import java.time.Instant;
import java.util.List;

/** Snapshots of subscriptions about which nothing special is stated. */
public final class TestSnapshots {
    private TestSnapshots() {}

    /** Returns a snapshot of a subscription that was paid before, unless its status says otherwise. */
    public static SubscriptionSnapshot of(
            String id, SubscriptionStatus status, List<SnapshotItem> items, Instant startedAt) {
        return of(id, status, items, startedAt, null, null);
    }

    public static SubscriptionSnapshot of(
            String id,
            SubscriptionStatus status,
            List<SnapshotItem> items,
            Instant startedAt,
            Instant endedAt,
            Instant unpaidSince) {
        return new SubscriptionSnapshot(
                id,
                status,
                items,
                startedAt,
                null,
                null,
                endedAt,
                unpaidSince,
                false,
                true,
                null,
                null,
                SubscriptionTerms.UNKNOWN,
                List.of(),
                NextPayment.UNKNOWN);
    }

    /** Returns the recorded subscription of a snapshot. */
    public static Subscription recorded(SubscriptionSnapshot snapshot, boolean paymentReversed) {
        Subscription subscription = new Subscription();
        subscription.provider = ProviderName.STRIPE;
        subscription.id = snapshot.id();
        subscription.update(snapshot, paymentReversed, false, 1);
        return subscription;
    }
}
