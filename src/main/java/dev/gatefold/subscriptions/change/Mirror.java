package dev.gatefold.subscriptions.change;

import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.subscriptions.SubscriptionKey;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.Subscriptions;
import dev.gatefold.subscriptions.policy.Entitling;
import dev.gatefold.subscriptions.policy.MembershipConfig;
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
    public enum RecordResult {
        CHANGED,
        /** It was known already. */
        UNCHANGED,
        /** A later fetch has been recorded; this one says nothing any more. */
        STALE
    }

    private final Subscriptions subscriptions;
    private final EntitlementGrants granting;
    private final Entitling entitling;

    Mirror(Subscriptions subscriptions, EntitlementGrants granting, MembershipConfig policy) {
        this.subscriptions = subscriptions;
        this.granting = granting;
        this.entitling = new Entitling(policy);
    }

    /**
     * Records the whole of an agreement, unless what is recorded was fetched later.
     *
     * @param provider name of the billing provider
     * @param fetch the number drawn before the agreement was asked for
     * @param at now: rights that the agreement no longer gives end here
     */
    @Transactional
    public RecordResult record(String provider, UUID account, SubscriptionSnapshot agreement, long fetch, Instant at) {
        subscriptions.lockAccount(account);
        SubscriptionKey key = new SubscriptionKey(provider, agreement.id());
        subscriptions.insertIfAbsent(key, account, agreement.startedAt());
        Subscription subscription = subscriptions.findLocked(key).orElseThrow();
        if (subscription.syncNumber >= fetch) {
            return RecordResult.STALE;
        }
        boolean changed = subscription.syncNumber == 0 || subscription.status != agreement.status();
        boolean additional = agreement.status().isLive() && subscriptions.hasAnotherLive(subscription.accountId, key);
        tellAdditional(subscription, additional);
        subscription.update(agreement, additional, fetch);
        List<Entitlement> rights = entitling.entitlements(agreement);
        changed |= granting.replace(subscription.accountId, Entitling.originPrefix(agreement.id()), rights, at);
        return changed ? RecordResult.CHANGED : RecordResult.UNCHANGED;
    }

    /** Records that whoever bills has no such agreement any more: what it gave has ended. */
    @Transactional
    public RecordResult recordMissing(SubscriptionKey key, long fetch, Instant at) {
        return subscriptions
                .findLocked(key)
                .map(known -> record(key.provider(), known.accountId, known.asEnded(at), fetch, at))
                .orElse(RecordResult.UNCHANGED);
    }

    private static void tellAdditional(Subscription subscription, boolean additional) {
        if (additional && !subscription.additional) {
            Log.warnf(
                    "Account %s has more than one live subscription; %s is honoured too, and should be ended and refunded",
                    subscription.accountId, subscription.id);
        }
    }
}
