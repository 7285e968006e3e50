package dev.gatefold.billing.stripe;

import dev.gatefold.billing.queue.Inbox;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Takes events in: durably, and those that name their subscription with a mark on it, in one transaction. */
@Singleton
public class WebhookIngest {
    private final Inbox inbox;
    private final StripeConfig config;

    WebhookIngest(Inbox inbox, StripeConfig config) {
        this.inbox = inbox;
        this.config = config;
    }

    /** Returns whether the event is new. */
    @Transactional
    public boolean ingest(StripeEventRef doorbell, byte[] body) {
        Optional<String> ignored = whyIgnored(doorbell);
        boolean isNew = inbox.store(doorbell, body, ignored);
        if (isNew && ignored.isEmpty() && doorbell.charge() == null && doorbell.subscription() != null) {
            inbox.awaitSync(doorbell.event(), doorbell.subscription());
        }
        return isNew;
    }

    private Optional<String> whyIgnored(StripeEventRef doorbell) {
        if (doorbell.account() != null) {
            return Optional.of("It is of a connected account");
        }
        if (doorbell.livemode() != null && doorbell.livemode() != config.livemode()) {
            return Optional.of("It is of the other mode");
        }
        return doorbell.mayAffectSubscription() ? Optional.empty() : Optional.of("It is about no subscription");
    }
}
