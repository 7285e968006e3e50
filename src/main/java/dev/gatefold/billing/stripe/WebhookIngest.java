package dev.gatefold.billing.stripe;

import dev.gatefold.billing.queue.Inbox;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Stores verified Stripe events and queues the work that they cause. */
@Singleton
class WebhookIngest {
    private final Inbox inbox;
    private final StripeConfig config;

    WebhookIngest(Inbox inbox, StripeConfig config) {
        this.inbox = inbox;
        this.config = config;
    }

    /**
     * Stores an event. The event is durable when the method returns.
     *
     * @param payload the body exactly as Stripe sent it
     * @return true if the event is new
     */
    boolean ingest(StripeEventRef event, byte[] payload) {
        return inbox.receive(event.toInboxEvent(whyIgnored(event)), payload);
    }

    private Optional<String> whyIgnored(StripeEventRef event) {
        if (event.account() != null) {
            return Optional.of("Event of a connected account");
        }
        if (event.livemode() != null && event.livemode() != config.livemode()) {
            return Optional.of("Event of the other mode (livemode)");
        }
        return event.mayAffectSubscription() ? Optional.empty() : Optional.of("Event concerns no subscription");
    }
}
