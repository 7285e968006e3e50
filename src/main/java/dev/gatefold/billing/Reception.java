package dev.gatefold.billing;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Takes events in: durably, and those that name their subscription with a mark on it, in one transaction. */
@Singleton
class Reception {
    private final Inbox inbox;
    private final StripeConfig config;

    Reception(Inbox inbox, StripeConfig config) {
        this.inbox = inbox;
        this.config = config;
    }

    /** Returns whether the event is new. */
    @Transactional
    boolean take(Doorbell doorbell, byte[] body) {
        Optional<String> ignored = whyIgnored(doorbell);
        boolean isNew = inbox.receive(doorbell, body, ignored);
        if (isNew && ignored.isEmpty() && doorbell.charge() == null && doorbell.subscription() != null) {
            inbox.await(doorbell.event(), doorbell.subscription());
        }
        return isNew;
    }

    private Optional<String> whyIgnored(Doorbell doorbell) {
        if (doorbell.account() != null) {
            return Optional.of("It is of a connected account");
        }
        if (doorbell.livemode() != null && doorbell.livemode() != config.livemode()) {
            return Optional.of("It is of the other mode");
        }
        return doorbell.leadsSomewhere() ? Optional.empty() : Optional.of("It is about no subscription");
    }
}
