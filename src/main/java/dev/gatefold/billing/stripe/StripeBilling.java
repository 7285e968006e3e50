package dev.gatefold.billing.stripe;

import com.stripe.model.Customer;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.Mode;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.billing.queue.SyncQueue;
import dev.gatefold.billing.stripe.StripePrices.PlanInterval;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutPageState;
import dev.gatefold.subscriptions.model.HostedPage;
import dev.gatefold.subscriptions.model.ProviderName;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.Subscriptions;
import dev.gatefold.web.SiteConfig;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Stripe as whoever bills: hosted pages for what readers do, and what came of it fetched at once. */
@Singleton
public class StripeBilling implements BillingProvider {
    /** The name of the billing provider in the columns {@code provider}. */
    public static final ProviderName PROVIDER = ProviderName.STRIPE;

    /** Stripe takes no end of a trial that is nearer, and gives whole days instead. */
    private static final Duration SHORTEST_TRIAL = Duration.ofHours(49);

    /** What we made carries what it was made for. */
    private static final String CHECKOUT = "gatefold_checkout";

    private final StripeConfig config;
    private final StripeApi stripe;
    private final BillingCustomers customers;
    private final StripePrices prices;
    private final StripeIdempotencyKeys intentions;
    private final SubscriptionSync sync;
    private final CustomerDeletion deletion;
    private final SyncQueue dirty;
    private final Subscriptions subscriptions;
    private final SiteConfig site;
    private final Clock clock;

    StripeBilling(
            StripeConfig config,
            StripeApi stripe,
            BillingCustomers customers,
            StripePrices prices,
            StripeIdempotencyKeys intentions,
            SubscriptionSync sync,
            CustomerDeletion deletion,
            SyncQueue dirty,
            Subscriptions subscriptions,
            SiteConfig site,
            Clock clock) {
        this.config = config;
        this.stripe = stripe;
        this.customers = customers;
        this.prices = prices;
        this.intentions = intentions;
        this.sync = sync;
        this.deletion = deletion;
        this.dirty = dirty;
        this.subscriptions = subscriptions;
        this.site = site;
        this.clock = clock;
    }

    @Override
    public void syncAccount(UUID account) {
        stripe.callForReader(() -> {
            customers.currentOf(account).ifPresent(customer -> syncAccount(account, customer));
            return null;
        });
    }

    private void syncAccount(UUID account, String customer) {
        Optional<Customer> found = stripe.customer(customer);
        if (found.isEmpty() && hasLive(account)) {
            Log.error("Stripe does not know the customer of a live subscription: is this the key of another account?");
            throw new StripeFailure("Stripe does not know the customer", true, false, null);
        }
        if (found.filter(StripeTranslation::isNotDeleted).isPresent()) {
            long fetch = dirty.nextSyncNumber();
            StripePages.stream(after -> stripe.subscriptions(Optional.of(customer), after))
                    .forEach(subscription -> sync.record(subscription, fetch));
        } else {
            customers.markDeleted(customer, clock.instant());
            QuarkusTransaction.requiringNew()
                    .call(() -> subscriptions.ofAccount(PROVIDER, account))
                    .forEach(subscription -> sync.syncNow(subscription.id()));
        }
    }

    private boolean hasLive(UUID account) {
        return QuarkusTransaction.requiringNew()
                .call(() -> !subscriptions.liveOf(PROVIDER, account).isEmpty());
    }

    @Override
    public HostedPage openCheckout(Checkout checkout) {
        return stripe.callForReader(() -> {
            PlanInterval bought = new PlanInterval(checkout.plan(), checkout.interval());
            String price = prices.priceIdFor(bought);
            String customer = customers.currentOf(checkout.account()).orElseGet(() -> newCustomer(checkout.account()));
            try {
                Session session = stripe.create(page(checkout, customer, price), "checkout-" + checkout.id());
                return new HostedPage(session.getId(), URI.create(session.getUrl()));
            } catch (StripeFailure trouble) {
                // it may have been taken off sale: the next checkout asks again
                prices.invalidate(bought);
                throw isGone(customer, trouble)
                        ? Problem.conflict(
                                "customer-deleted",
                                "The account is being left",
                                "Nothing was bought; whoever still wants to may ask again")
                        : trouble;
            }
        });
    }

    /** Whether that is why: an erasure deletes the customer while the same reader is on the way to pay. */
    private boolean isGone(String customer, StripeFailure trouble) {
        return trouble.isResponse()
                && !trouble.isRetryable()
                && stripe.customer(customer)
                        .filter(StripeTranslation::isNotDeleted)
                        .isEmpty();
    }

    private String newCustomer(UUID account) {
        String intention = "customer-" + account + "-" + customers.countDeleted(account);
        var wanted = CustomerCreateParams.builder()
                .putMetadata(SubscriptionSync.ACCOUNT_METADATA, account.toString())
                .build();
        String customer =
                intentions.call(intention, name -> stripe.create(wanted, name)).getId();
        customers.link(customer, account);
        // who makes one at the same time may have been first
        return customers.currentOf(account).orElse(customer);
    }

    private SessionCreateParams page(Checkout checkout, String customer, String price) {
        var marks = Map.of(
                SubscriptionSync.ACCOUNT_METADATA,
                checkout.account().toString(),
                CHECKOUT,
                checkout.id().toString());
        var subscription = SubscriptionData.builder().putAllMetadata(marks);
        checkout.trialUntil().ifPresent(end -> carryOver(subscription, checkout.createdAt(), end));
        return SessionCreateParams.builder()
                .setMode(Mode.SUBSCRIPTION)
                .setCustomer(customer)
                .setClientReferenceId(checkout.account().toString())
                .putAllMetadata(marks)
                .setSubscriptionData(subscription.build())
                .addLineItem(LineItem.builder().setPrice(price).setQuantity(1L).build())
                .setSuccessUrl(site.absoluteUrl("/v1/checkout/return") + "?session_id={CHECKOUT_SESSION_ID}")
                .setCancelUrl(site.articleOrHome(checkout.article()).toString())
                .build();
    }

    /** What is left of the free days stays free; where Stripe takes whole days only, they are never fewer. */
    private static void carryOver(SubscriptionData.Builder subscription, Instant begunAt, Instant end) {
        Duration left = Duration.between(begunAt, end);
        if (left.compareTo(SHORTEST_TRIAL) >= 0) {
            subscription.setTrialEnd(end.getEpochSecond());
        } else {
            subscription.setTrialPeriodDays(left.plusDays(1).minusMillis(1).toDays());
        }
    }

    @Override
    public CheckoutPageState syncCheckout(Checkout checkout) {
        return stripe.callForReader(() -> stripe.checkoutSession(checkout.session())
                .filter(session -> StripeTranslation.isForAccount(session, checkout.account()))
                .map(session -> {
                    CheckoutPageState state = StripeTranslation.pageState(session);
                    if (state == CheckoutPageState.COMPLETE && session.getSubscription() != null) {
                        sync.syncNow(session.getSubscription());
                    }
                    return state;
                })
                .orElse(CheckoutPageState.EXPIRED));
    }

    @Override
    public CheckoutPageState closeCheckout(Checkout checkout) {
        return stripe.callForReader(() -> {
            try {
                return intentions.call(
                        "expire-" + checkout.id(),
                        name -> StripeTranslation.pageState(stripe.expireCheckoutSession(checkout.session(), name)));
            } catch (StripeFailure trouble) {
                if (trouble.isRetryable()) {
                    throw trouble;
                }
                // only what is open can be expired
                return stripe.checkoutSession(checkout.session())
                        .map(StripeTranslation::pageState)
                        .filter(state -> state != CheckoutPageState.OPEN)
                        .orElseThrow(() -> trouble);
            }
        });
    }

    @Override
    public Optional<URI> portalUrl(UUID account, URI backTo) {
        return stripe.callForReader(() -> customers.currentOf(account).map(customer -> {
            var wanted = com.stripe.param.billingportal.SessionCreateParams.builder()
                    .setCustomer(customer)
                    .setReturnUrl(backTo.toString())
                    .build();
            return URI.create(stripe.createPortalSession(wanted, "portal-" + UUID.randomUUID())
                    .getUrl());
        }));
    }

    /** A stand-in for Stripe has its pages where its API is. */
    @Override
    public Set<String> pageOrigins() {
        return config.apiBase().getHost().endsWith("stripe.com")
                ? Set.of("https://checkout.stripe.com", "https://billing.stripe.com")
                : Set.of(config.apiBase().getScheme() + "://" + config.apiBase().getRawAuthority());
    }

    @Override
    public void cancelAtPeriodEnd(Subscription subscription) {
        change(
                subscription,
                "cancel",
                SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build());
    }

    @Override
    public void undoCancellation(Subscription subscription) {
        stripe.callForReader(() -> stripe.subscription(subscription.id()))
                .flatMap(StripeTranslation::undoCancellation)
                .ifPresent(change ->
                        change(subscription, change.getCancelAt() == null ? "resume" : "clear-cancel-at", change));
    }

    private void change(Subscription subscription, String what, SubscriptionUpdateParams change) {
        // with every fetch there may be another reason to want the same
        String intention = what + "-" + subscription.id() + "-" + subscription.syncNumber();
        stripe.callForReader(() -> {
            intentions.call(intention, name -> stripe.updateSubscription(subscription.id(), change, name));
            sync.syncNow(subscription.id());
            return null;
        });
    }

    @Override
    public boolean eraseAccount(UUID account) {
        return stripe.callForReader(() -> {
            try {
                return deletion.delete(account);
            } catch (StripeFailure trouble) {
                if (trouble.isRetryable()) {
                    throw trouble;
                }
                Log.errorf(trouble, "Account %s cannot be erased: Stripe does not forget it", account);
                return false;
            }
        });
    }
}
