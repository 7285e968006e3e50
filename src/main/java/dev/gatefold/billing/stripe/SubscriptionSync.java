package dev.gatefold.billing.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.billing.queue.Inbox;
import dev.gatefold.billing.queue.InboxOutcome;
import dev.gatefold.billing.queue.SyncQueue;
import dev.gatefold.subscriptions.change.Mirror;
import dev.gatefold.subscriptions.change.Mirror.RecordResult;
import dev.gatefold.subscriptions.model.SubscriptionKey;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Fetches a subscription and records the whole of it. */
@Singleton
public class SubscriptionSync {
    /**
     * What came of it.
     *
     * @param customer whose it is at Stripe; null where it is gone
     */
    public record SyncResult(InboxOutcome outcome, String detail, String customer) {}

    /** The metadata that names the account of what we made at Stripe. */
    static final String ACCOUNT_METADATA = "gatefold_account";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final StripeApi stripe;
    private final SyncQueue dirty;
    private final Inbox inbox;
    private final BillingCustomers customers;
    private final PaymentReversals contests;
    private final StripePrices prices;
    private final Mirror mirror;
    private final Subscriptions subscriptions;
    private final StripeConfig config;
    private final Clock clock;

    SubscriptionSync(
            StripeApi stripe,
            SyncQueue dirty,
            Inbox inbox,
            BillingCustomers customers,
            PaymentReversals contests,
            StripePrices prices,
            Mirror mirror,
            Subscriptions subscriptions,
            StripeConfig config,
            Clock clock) {
        this.stripe = stripe;
        this.dirty = dirty;
        this.inbox = inbox;
        this.customers = customers;
        this.contests = contests;
        this.prices = prices;
        this.mirror = mirror;
        this.subscriptions = subscriptions;
        this.config = config;
        this.clock = clock;
    }

    /** A subscription, and what else there is to know of it. */
    private record FetchedSubscription(Subscription subscription, List<SubscriptionItem> items, List<Invoice> owed) {}

    private FetchedSubscription whole(Subscription subscription) {
        return new FetchedSubscription(subscription, stripe.items(subscription), stripe.openInvoices(subscription));
    }

    /**
     * Fetches what is leased. What it says, what it entitles to, and what comes of the events that waited for it are
     * recorded in one transaction, begun after Stripe has answered.
     */
    public SyncResult sync(SyncQueue.SyncLease lease) {
        Optional<FetchedSubscription> fetched =
                stripe.subscription(lease.subscription()).map(this::whole);
        if (fetched.isEmpty()) {
            requireSameAccount(lease.subscription());
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            SyncResult result = fetched.map(it -> record(it, lease.syncNumber()))
                    .orElseGet(() -> gone(lease.subscription(), lease.syncNumber()));
            inbox.concludeWaiting(
                    lease.subscription(), lease.requestedVersion(), result.outcome, result.detail, result.customer);
            dirty.complete(lease);
            return result;
        });
    }

    /** Returns when a fetch has been recorded that was begun after this call: by us, or by whoever has the lease. */
    void syncNow(String subscription) {
        long mark = dirty.request(subscription);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!dirty.isSynced(subscription, mark)) {
            Optional<SyncQueue.SyncLease> lease = dirty.lease(subscription);
            if (lease.isPresent()) {
                var _ = runOrGiveBack(lease.get());
            } else if (System.nanoTime() - deadline > 0) {
                throw new StripeFailure(
                        "Another worker has been fetching the subscription for too long", true, false, null);
            } else {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    /** Fetches it now, unless somebody is at it already. */
    public Optional<SyncResult> syncIfUnleased(String subscription) {
        dirty.request(subscription);
        return dirty.lease(subscription).map(this::runOrGiveBack);
    }

    private SyncResult runOrGiveBack(SyncQueue.SyncLease lease) {
        try {
            return sync(lease);
        } catch (RuntimeException e) {
            dirty.retryLater(lease, Duration.ZERO, e.getClass().getSimpleName());
            throw e;
        }
    }

    /** Records a subscription that came with a list. */
    public SyncResult record(Subscription subscription, long fetch) {
        FetchedSubscription whole = whole(subscription);
        return QuarkusTransaction.requiringNew().call(() -> record(whole, fetch));
    }

    private SyncResult record(FetchedSubscription whole, long fetch) {
        Subscription subscription = whole.subscription;
        String customer = subscription.getCustomer();
        if (Boolean.valueOf(!config.livemode()).equals(subscription.getLivemode())) {
            return new SyncResult(InboxOutcome.IGNORED, "It is of the other mode", customer);
        }
        Optional<UUID> account = accountOf(subscription);
        if (account.isEmpty()) {
            return new SyncResult(InboxOutcome.UNMATCHED, "The customer is nobody whom we know", customer);
        }
        PaymentReversal contest = contests.forInvoice(subscription.getLatestInvoice());
        SubscriptionSnapshot agreement =
                StripeTranslation.snapshot(subscription, whole.items, whole.owed, prices::planOf, contest);
        if (agreement.items().isEmpty() && !subscriptions.exists(key(agreement.id()))) {
            return new SyncResult(InboxOutcome.IGNORED, "It is of no plan of ours", customer);
        }
        return result(
                mirror.record(StripeBilling.PROVIDER, account.get(), agreement, fetch, clock.instant()), customer);
    }

    private Optional<UUID> accountOf(Subscription subscription) {
        return customers.accountOf(subscription.getCustomer()).or(() -> {
            Optional<UUID> named = Optional.ofNullable(subscription.getMetadata())
                    .map(metadata -> metadata.get(ACCOUNT_METADATA))
                    .flatMap(SubscriptionSync::uuid)
                    .filter(customers::isActiveAccount);
            named.ifPresent(account -> customers.link(subscription.getCustomer(), account));
            return named;
        });
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private SyncResult gone(String subscription, long fetch) {
        if (!subscriptions.exists(key(subscription))) {
            return new SyncResult(InboxOutcome.IGNORED, "Stripe has no such subscription", null);
        }
        return result(mirror.recordMissing(key(subscription), fetch, clock.instant()), null);
    }

    private static SubscriptionKey key(String subscription) {
        return new SubscriptionKey(StripeBilling.PROVIDER, subscription);
    }

    private static SyncResult result(RecordResult recorded, String customer) {
        return switch (recorded) {
            case CHANGED -> new SyncResult(InboxOutcome.APPLIED, "It was fetched, and had changed", customer);
            case UNCHANGED -> new SyncResult(InboxOutcome.DUPLICATE, "It was known already", customer);
            case STALE -> new SyncResult(InboxOutcome.STALE, "A later fetch has been recorded", customer);
        };
    }

    /** With the key of another account of Stripe's nothing at all would be there: nobody loses anything by that. */
    private void requireSameAccount(String subscription) {
        Optional<String> customer = QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.findByIdOptional(key(subscription)))
                .flatMap(it -> customers.currentOf(it.account()));
        if (customer.isPresent() && stripe.customer(customer.get()).isEmpty()) {
            throw new StripeFailure(
                    "Stripe knows neither the subscription nor its customer: is this the key of another account?",
                    false,
                    false,
                    null);
        }
    }
}
