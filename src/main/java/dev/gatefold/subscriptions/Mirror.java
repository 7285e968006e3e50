package dev.gatefold.subscriptions;

import dev.gatefold.entitlements.Granting;
import dev.gatefold.entitlements.Right;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Records agreements, and gives the rights that follow from them: both or neither. */
@ApplicationScoped
public class Mirror {
    /** What recording came to. */
    public enum Recorded {
        CHANGED,
        /** It was known already. */
        UNCHANGED,
        /** A later fetch has been recorded; this one says nothing any more. */
        OVERTAKEN
    }

    private final Subscriptions subscriptions;
    private final Granting granting;
    private final Entitling entitling;

    Mirror(Subscriptions subscriptions, Granting granting, MembershipConfig policy) {
        this.subscriptions = subscriptions;
        this.granting = granting;
        this.entitling = new Entitling(policy);
    }

    /**
     * Records the whole of an agreement, unless what is recorded was fetched later.
     *
     * @param fetch the number drawn before the agreement was asked for
     * @param at now: rights that the agreement no longer gives end here
     */
    @Transactional
    public Recorded record(UUID account, Agreement agreement, long fetch, Instant at) {
        subscriptions.lockAccount(account);
        subscriptions.begin(agreement.id(), account, agreement.startedAt());
        Subscription subscription = subscriptions.locked(agreement.id()).orElseThrow();
        if (subscription.fetch >= fetch) {
            return Recorded.OVERTAKEN;
        }
        boolean changed = subscription.fetch == 0 || subscription.status != agreement.status();
        boolean additional =
                agreement.status().isLive() && subscriptions.hasAnotherLive(subscription.accountId, agreement.id());
        tellAdditional(subscription, additional);
        subscription.mirror(agreement, additional, fetch);
        List<Right> rights = entitling.rights(agreement);
        changed |= granting.replace(subscription.accountId, Entitling.origin(agreement.id()), rights, at);
        return changed ? Recorded.CHANGED : Recorded.UNCHANGED;
    }

    /** Records that whoever bills has no such agreement any more: what it gave has ended. */
    @Transactional
    public Recorded gone(String id, long fetch, Instant at) {
        return subscriptions
                .locked(id)
                .map(known -> record(known.accountId, known.endedBy(at), fetch, at))
                .orElse(Recorded.UNCHANGED);
    }

    private static void tellAdditional(Subscription subscription, boolean additional) {
        if (additional && !subscription.additional) {
            Log.warnf(
                    "Account %s has more than one live subscription; %s is honoured too, and should be ended and refunded",
                    subscription.accountId, subscription.id);
        }
    }
}
