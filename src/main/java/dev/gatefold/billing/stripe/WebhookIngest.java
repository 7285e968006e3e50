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
        return inbox.receive(event.toInboxEvent(whyIgnored(event)), isStorable(event) ? payload : new byte[0]);
    }

    /**
     * Returns true if the body may be stored. A body that names no customer could not be found by an export or an erasure, and
     * that of the other mode concerns no reader.
     */
    private boolean isStorable(StripeEventRef event) {
        return !event.personalWithoutCustomer() && !isOfOtherMode(event);
    }

    private boolean isOfOtherMode(StripeEventRef event) {
        return event.livemode() != null && event.livemode() != config.livemode();
    }

    private Optional<String> whyIgnored(StripeEventRef event) {
        if (event.account() != null) {
            return Optional.of("Event of a connected account");
        }
        if (isOfOtherMode(event)) {
            return Optional.of("Event of the other mode (livemode)");
        }
        return event.causesWork() ? Optional.empty() : Optional.of("Event concerns no subscription");
    }
}
