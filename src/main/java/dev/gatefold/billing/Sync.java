package dev.gatefold.billing;

import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import dev.gatefold.subscriptions.Agreement;
import dev.gatefold.subscriptions.Mirror;
import dev.gatefold.subscriptions.Mirror.Recorded;
import dev.gatefold.subscriptions.Subscriptions;
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
class Sync {
    /**
     * What came of it.
     *
     * @param customer whose it is at Stripe; null where it is gone
     */
    record Result(Outcome outcome, String why, String customer) {}

    /** The metadata that names the account of what we made at Stripe. */
    static final String ACCOUNT = "gatefold_account";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final StripeApi stripe;
    private final Dirty dirty;
    private final Inbox inbox;
    private final Customers customers;
    private final Contests contests;
    private final Prices prices;
    private final Mirror mirror;
    private final Subscriptions subscriptions;
    private final StripeConfig config;
    private final Clock clock;

    Sync(
            StripeApi stripe,
            Dirty dirty,
            Inbox inbox,
            Customers customers,
            Contests contests,
            Prices prices,
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
    private record Whole(Subscription subscription, List<SubscriptionItem> items, List<Invoice> owed) {}

    private Whole whole(Subscription subscription) {
        return new Whole(subscription, stripe.items(subscription), stripe.owed(subscription));
    }

    /**
     * Fetches what is leased. What it says, what it entitles to, and what comes of the events that waited for it are
     * recorded in one transaction, begun after Stripe has answered.
     */
    Result run(Dirty.Lease lease) {
        Optional<Whole> fetched = stripe.subscription(lease.subscription()).map(this::whole);
        if (fetched.isEmpty()) {
            requireSameAccount(lease.subscription());
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            Result result = fetched.map(it -> record(it, lease.fetch()))
                    .orElseGet(() -> gone(lease.subscription(), lease.fetch()));
            inbox.concludeWaiting(lease.subscription(), lease.mark(), result.outcome, result.why, result.customer);
            dirty.fetched(lease);
            return result;
        });
    }

    /** Returns when a fetch has been recorded that was begun after this call: by us, or by whoever has the lease. */
    void now(String subscription) {
        long mark = dirty.mark(subscription);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!dirty.isFetched(subscription, mark)) {
            Optional<Dirty.Lease> lease = dirty.take(subscription);
            if (lease.isPresent()) {
                var _ = runOrGiveBack(lease.get());
            } else if (System.nanoTime() - deadline > 0) {
                throw new StripeTrouble(
                        "Another worker has been fetching the subscription for too long", true, false, null);
            } else {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    /** Fetches it now, unless somebody is at it already. */
    Optional<Result> ifFree(String subscription) {
        dirty.mark(subscription);
        return dirty.take(subscription).map(this::runOrGiveBack);
    }

    private Result runOrGiveBack(Dirty.Lease lease) {
        try {
            return run(lease);
        } catch (RuntimeException e) {
            dirty.postpone(lease, Duration.ZERO, e.getClass().getSimpleName());
            throw e;
        }
    }

    /** Records a subscription that came with a list. */
    Result record(Subscription subscription, long fetch) {
        Whole whole = whole(subscription);
        return QuarkusTransaction.requiringNew().call(() -> record(whole, fetch));
    }

    private Result record(Whole whole, long fetch) {
        Subscription subscription = whole.subscription;
        String customer = subscription.getCustomer();
        if (Boolean.valueOf(!config.livemode()).equals(subscription.getLivemode())) {
            return new Result(Outcome.IGNORED, "It is of the other mode", customer);
        }
        Optional<UUID> account = accountOf(subscription);
        if (account.isEmpty()) {
            return new Result(Outcome.UNMATCHED, "The customer is nobody whom we know", customer);
        }
        Contest contest = contests.ofInvoice(subscription.getLatestInvoice());
        Agreement agreement =
                StripeTranslation.agreement(subscription, whole.items, whole.owed, prices::bound, contest);
        if (agreement.items().isEmpty() && !subscriptions.isKnown(agreement.id())) {
            return new Result(Outcome.IGNORED, "It is of no plan of ours", customer);
        }
        return result(mirror.record(account.get(), agreement, fetch, clock.instant()), customer);
    }

    private Optional<UUID> accountOf(Subscription subscription) {
        return customers.accountOf(subscription.getCustomer()).or(() -> {
            Optional<UUID> named = Optional.ofNullable(subscription.getMetadata())
                    .map(metadata -> metadata.get(ACCOUNT))
                    .flatMap(Sync::uuid)
                    .filter(customers::isAccount);
            named.ifPresent(account -> customers.remember(subscription.getCustomer(), account));
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

    private Result gone(String subscription, long fetch) {
        if (!subscriptions.isKnown(subscription)) {
            return new Result(Outcome.IGNORED, "Stripe has no such subscription", null);
        }
        return result(mirror.gone(subscription, fetch, clock.instant()), null);
    }

    private static Result result(Recorded recorded, String customer) {
        return switch (recorded) {
            case CHANGED -> new Result(Outcome.APPLIED, "It was fetched, and had changed", customer);
            case UNCHANGED -> new Result(Outcome.DUPLICATE, "It was known already", customer);
            case OVERTAKEN -> new Result(Outcome.STALE, "A later fetch has been recorded", customer);
        };
    }

    /** With the key of another account of Stripe's nothing at all would be there: nobody loses anything by that. */
    private void requireSameAccount(String subscription) {
        Optional<String> customer = QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.findByIdOptional(subscription))
                .flatMap(it -> customers.of(it.account()));
        if (customer.isPresent() && stripe.customer(customer.get()).isEmpty()) {
            throw new StripeTrouble(
                    "Stripe knows neither the subscription nor its customer: is this the key of another account?",
                    false,
                    false,
                    null);
        }
    }
}
