package dev.gatefold.subscriptions.change;

import dev.gatefold.entitlements.TrialHistory;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Makes trials at the billing provider count as the one free trial of the person. */
@Singleton
public class ProviderTrials {
    private final TrialHistory history;

    ProviderTrials(TrialHistory history) {
        this.history = history;
    }

    /**
     * Records the trial of a subscription. Does nothing for other subscriptions: the provider also reports a member whose
     * next payment was put off as trialing. Requires a transaction in which the subscription has been recorded.
     *
     * @param cardNumbers the provider's fingerprints of the customer's card numbers
     */
    public void record(UUID account, SubscriptionSnapshot snapshot, List<String> cardNumbers, Instant at) {
        if (snapshot.status() == SubscriptionStatus.TRIALING && !snapshot.paidBefore()) {
            history.recordProviderTrial(account, cardNumbers, at);
        }
    }
}
