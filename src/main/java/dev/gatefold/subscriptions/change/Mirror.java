package dev.gatefold.subscriptions.change;

import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementGrants;
import dev.gatefold.subscriptions.model.BilledSubscriptions;
import dev.gatefold.subscriptions.model.CheckoutSuperseded;
import dev.gatefold.subscriptions.model.Invoices;
import dev.gatefold.subscriptions.model.ProviderName;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionKey;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.Subscriptions;
import dev.gatefold.subscriptions.policy.BillingStatuses;
import dev.gatefold.subscriptions.policy.Entitling;
import dev.gatefold.subscriptions.policy.MembershipConfig;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Records fetched subscriptions and replaces the entitlements that follow from them, both in one transaction. */
@ApplicationScoped
public class Mirror {
    /** The result of recording a snapshot. */
    public enum RecordResult {
        /** The status or the entitlements changed. */
        CHANGED,
        /** The status and the entitlements were already as in the snapshot. */
        UNCHANGED,
        /** Nothing was written, because a later sync has already been recorded. */
        STALE
    }

    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final Invoices invoices;
    private final BilledSubscriptions billed;
    private final EntitlementGrants grants;
    private final Event<CheckoutSuperseded> superseded;
    private final Entitling entitling;

    Mirror(
            Accounts accounts,
            Subscriptions subscriptions,
            Invoices invoices,
            BilledSubscriptions billed,
            EntitlementGrants grants,
            Event<CheckoutSuperseded> superseded,
            MembershipConfig policy) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.billed = billed;
        this.grants = grants;
        this.superseded = superseded;
        this.entitling = new Entitling(policy);
    }

    /**
     * Records a snapshot, unless a sync with the same or a higher number has been recorded.
     *
     * @param syncNumber number of the sync, drawn before the fetch
     * @param at now; entitlements that no longer follow from the subscription end at this instant
     */
    @Transactional
    public RecordResult record(
            ProviderName provider, UUID account, SubscriptionSnapshot snapshot, long syncNumber, Instant at) {
        // serialises the syncs of one account, so that of two new subscriptions one is the additional one
        accounts.lock(account);
        SubscriptionKey key = new SubscriptionKey(provider, snapshot.id());
        subscriptions.insertIfAbsent(key, account, snapshot.startedAt());
        Subscription subscription = subscriptions.findLocked(key).orElseThrow();
        if (subscription.syncNumber() >= syncNumber) {
            return RecordResult.STALE;
        }
        boolean changed = subscription.syncNumber() == 0 || subscription.status() != snapshot.status();
        boolean began = (subscription.syncNumber() == 0 || !isOpen(subscription))
                && (snapshot.status().isLive() || snapshot.firstPaymentPending());
        boolean additional = snapshot.status().isLive() && subscriptions.hasAnotherLive(subscription.account(), key);
        warnIfNewlyAdditional(subscription, additional);
        subscription.update(snapshot, entitling.isReversed(snapshot), additional, syncNumber);
        invoices.record(key, subscription.account(), snapshot.invoices());
        if (!accounts.isActive(subscription.account())) {
            invoices.removePagesOf(subscription.account());
        }
        List<Entitlement> entitlements = entitling.entitlements(snapshot);
        changed |= grants.replace(
                subscription.account(),
                Entitling.originPrefix(snapshot.id()),
                entitlements,
                BillingStatuses.of(billed.ofAccount(subscription.account())),
                at);
        if (began) {
            superseded.fire(new CheckoutSuperseded(subscription.account(), at));
        }
        return changed ? RecordResult.CHANGED : RecordResult.UNCHANGED;
    }

    private static boolean isOpen(Subscription subscription) {
        return subscription.status().isLive() || subscription.isFirstPaymentPending();
    }

    /** Records that the billing provider no longer has the subscription: it and its entitlements end. */
    @Transactional
    public RecordResult recordMissing(SubscriptionKey key, long syncNumber, Instant at) {
        return subscriptions
                .findLocked(key)
                .map(known -> record(key.provider(), known.account(), known.asEnded(at), syncNumber, at))
                .orElse(RecordResult.UNCHANGED);
    }

    private static void warnIfNewlyAdditional(Subscription subscription, boolean additional) {
        if (additional && !subscription.isAdditional()) {
            Log.warnf(
                    "Account %s has more than one live subscription. Subscription %s grants access too; cancel and refund it",
                    subscription.account(), subscription.id());
        }
    }
}
