package dev.gatefold.billing.stripe;

import com.stripe.model.Discount;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import dev.gatefold.billing.queue.InboxOutcome;
import dev.gatefold.billing.queue.SyncResult;
import dev.gatefold.subscriptions.change.Mirror;
import dev.gatefold.subscriptions.change.Mirror.RecordResult;
import dev.gatefold.subscriptions.change.ProviderTrials;
import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.NextPayment;
import dev.gatefold.subscriptions.model.SubscriptionKey;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Records fetched subscriptions of Stripe for the accounts that they belong to. */
@Singleton
class SubscriptionRecorder {
    private final StripeSubscriptionApi stripe;
    private final InvoiceFetcher invoices;
    private final NextPaymentFetcher nextPayments;
    private final TrialCardFetcher trialCards;
    private final CustomerAccounts customers;
    private final PaymentReversals reversals;
    private final StripePrices prices;
    private final Mirror mirror;
    private final ProviderTrials trials;
    private final Subscriptions subscriptions;
    private final StripeConfig config;
    private final Clock clock;

    SubscriptionRecorder(
            StripeSubscriptionApi stripe,
            InvoiceFetcher invoices,
            NextPaymentFetcher nextPayments,
            TrialCardFetcher trialCards,
            CustomerAccounts customers,
            PaymentReversals reversals,
            StripePrices prices,
            Mirror mirror,
            ProviderTrials trials,
            Subscriptions subscriptions,
            StripeConfig config,
            Clock clock) {
        this.stripe = stripe;
        this.invoices = invoices;
        this.nextPayments = nextPayments;
        this.trialCards = trialCards;
        this.customers = customers;
        this.reversals = reversals;
        this.prices = prices;
        this.mirror = mirror;
        this.trials = trials;
        this.subscriptions = subscriptions;
        this.config = config;
        this.clock = clock;
    }

    /**
     * A subscription with everything that its snapshot needs.
     *
     * @param namedAccount account that the metadata names for a customer without a recorded account
     */
    record FetchedSubscription(
            Subscription subscription,
            List<SubscriptionItem> items,
            List<Discount> discounts,
            List<InvoiceSnapshot> invoices,
            NextPayment nextPayment,
            List<String> trialCards,
            Optional<UUID> namedAccount) {}

    /** Fetches the items, discounts, invoices, next payment and trial cards of a subscription. Call it outside a transaction. */
    FetchedSubscription complete(Subscription subscription) {
        List<SubscriptionItem> items = stripe.items(subscription);
        return new FetchedSubscription(
                subscription,
                items,
                discounts(subscription),
                invoices.fetch(subscription.getId()),
                nextPayments.fetch(subscription, items),
                trialCards.fetch(subscription),
                customers.fetchNamed(subscription.getCustomer(), subscription.getMetadata()));
    }

    private List<Discount> discounts(Subscription subscription) {
        boolean none = subscription.getDiscounts() == null
                || subscription.getDiscounts().isEmpty();
        if (none) {
            return List.of();
        }
        return Optional.ofNullable(
                        stripe.findWithDiscounts(subscription.getId()).getDiscountObjects())
                .orElse(List.of());
    }

    /**
     * Records a subscription from a list of Stripe, in its own transaction.
     *
     * @param syncNumber drawn before the list was fetched
     */
    SyncResult recordListed(Subscription subscription, long syncNumber) {
        FetchedSubscription fetched = complete(subscription);
        return QuarkusTransaction.requiringNew().call(() -> record(fetched, syncNumber));
    }

    /** Records a subscription. Requires a transaction. */
    SyncResult record(FetchedSubscription fetched, long syncNumber) {
        Subscription subscription = fetched.subscription;
        String customer = subscription.getCustomer();
        if (Boolean.valueOf(!config.livemode()).equals(subscription.getLivemode())) {
            return new SyncResult(InboxOutcome.IGNORED, "Subscription of the other mode (livemode)", customer);
        }
        Optional<UUID> account = accountOf(fetched);
        if (account.isEmpty()) {
            return new SyncResult(InboxOutcome.UNMATCHED, "Unknown customer", customer);
        }
        Optional<dev.gatefold.subscriptions.model.Subscription> stored =
                subscriptions.findByIdOptional(key(subscription.getId()));
        SubscriptionSnapshot snapshot = SnapshotTranslation.snapshot(
                subscription,
                fetched.items,
                fetched.discounts,
                fetched.invoices,
                prices.plansByPrice(subscription.getId(), fetched.items, stored.map(it -> it.plan())),
                reversals.forInvoice(subscription.getLatestInvoice()),
                stored.filter(it -> it.isPaidBefore()).isPresent(),
                fetched.nextPayment);
        if (snapshot.items().isEmpty() && stored.isEmpty()) {
            return new SyncResult(InboxOutcome.IGNORED, "Subscription to no known plan", customer);
        }
        Instant now = clock.instant();
        RecordResult recorded = mirror.record(StripeBilling.PROVIDER, account.get(), snapshot, syncNumber, now);
        trials.record(account.get(), snapshot, fetched.trialCards, now);
        return result(recorded, customer);
    }

    /** Records that Stripe does not have a subscription. Requires a transaction. */
    SyncResult recordMissing(String subscription, long syncNumber) {
        if (!subscriptions.exists(key(subscription))) {
            return new SyncResult(InboxOutcome.IGNORED, "Stripe does not have the subscription", null);
        }
        return result(mirror.recordMissing(key(subscription), syncNumber, clock.instant()), null);
    }

    private Optional<UUID> accountOf(FetchedSubscription fetched) {
        String customer = fetched.subscription.getCustomer();
        return customers.find(customer).or(() -> {
            fetched.namedAccount.ifPresent(account -> customers.link(customer, account));
            return fetched.namedAccount;
        });
    }

    private static SubscriptionKey key(String subscription) {
        return new SubscriptionKey(StripeBilling.PROVIDER, subscription);
    }

    private static SyncResult result(RecordResult recorded, String customer) {
        return switch (recorded) {
            case CHANGED -> new SyncResult(InboxOutcome.APPLIED, "The subscription had changed", customer);
            case UNCHANGED -> new SyncResult(InboxOutcome.DUPLICATE, "The change was already recorded", customer);
            case STALE -> new SyncResult(InboxOutcome.STALE, "A later sync was recorded first", customer);
        };
    }
}
