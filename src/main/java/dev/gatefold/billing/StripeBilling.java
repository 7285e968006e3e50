package dev.gatefold.billing;

import com.stripe.model.Customer;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.Mode;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import dev.gatefold.billing.Prices.Bound;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.BillingProvider;
import dev.gatefold.subscriptions.Checkout;
import dev.gatefold.subscriptions.Subscription;
import dev.gatefold.subscriptions.Subscriptions;
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
class StripeBilling implements BillingProvider {
    /** Stripe takes no end of a trial that is nearer, and gives whole days instead. */
    private static final Duration SHORTEST_TRIAL = Duration.ofHours(49);

    /** What we made carries what it was made for. */
    private static final String CHECKOUT = "gatefold_checkout";

    private final StripeConfig config;
    private final StripeApi stripe;
    private final Customers customers;
    private final Prices prices;
    private final Intentions intentions;
    private final Sync sync;
    private final Deletion deletion;
    private final Dirty dirty;
    private final Subscriptions subscriptions;
    private final SiteConfig site;
    private final Clock clock;

    StripeBilling(
            StripeConfig config,
            StripeApi stripe,
            Customers customers,
            Prices prices,
            Intentions intentions,
            Sync sync,
            Deletion deletion,
            Dirty dirty,
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
    public void refresh(UUID account) {
        stripe.forReader(() -> {
            customers.of(account).ifPresent(customer -> refresh(account, customer));
            return null;
        });
    }

    private void refresh(UUID account, String customer) {
        Optional<Customer> found = stripe.customer(customer);
        if (found.isEmpty() && hasLive(account)) {
            Log.error("Stripe does not know the customer of a live subscription: is this the key of another account?");
            throw new StripeTrouble("Stripe does not know the customer", true, false, null);
        }
        if (found.filter(StripeTranslation::isThere).isPresent()) {
            long fetch = dirty.nextFetch();
            Pages.of(after -> stripe.subscriptions(Optional.of(customer), after))
                    .forEach(subscription -> sync.record(subscription, fetch));
        } else {
            customers.deleted(customer, clock.instant());
            QuarkusTransaction.requiringNew()
                    .call(() -> subscriptions.of(account))
                    .forEach(subscription -> sync.now(subscription.id()));
        }
    }

    private boolean hasLive(UUID account) {
        return QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.liveOf(account).isPresent());
    }

    @Override
    public HostedPage open(Checkout checkout) {
        return stripe.forReader(() -> {
            Bound bought = new Bound(checkout.plan(), checkout.interval());
            String price = prices.priceOf(bought);
            String customer = customers.of(checkout.account()).orElseGet(() -> newCustomer(checkout.account()));
            try {
                Session session = stripe.create(page(checkout, customer, price), "checkout-" + checkout.id());
                return new HostedPage(session.getId(), URI.create(session.getUrl()));
            } catch (StripeTrouble trouble) {
                // it may have been taken off sale: the next checkout asks again
                prices.forget(bought);
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
    private boolean isGone(String customer, StripeTrouble trouble) {
        return trouble.isAnswer()
                && !trouble.isPassing()
                && stripe.customer(customer).filter(StripeTranslation::isThere).isEmpty();
    }

    private String newCustomer(UUID account) {
        String intention = "customer-" + account + "-" + customers.ended(account);
        var wanted = CustomerCreateParams.builder()
                .putMetadata(Sync.ACCOUNT, account.toString())
                .build();
        String customer = intentions
                .intend(intention, name -> stripe.create(wanted, name))
                .getId();
        customers.remember(customer, account);
        // who makes one at the same time may have been first
        return customers.of(account).orElse(customer);
    }

    private SessionCreateParams page(Checkout checkout, String customer, String price) {
        var marks = Map.of(
                Sync.ACCOUNT,
                checkout.account().toString(),
                CHECKOUT,
                checkout.id().toString());
        var subscription = SubscriptionData.builder().putAllMetadata(marks);
        checkout.trialUntil().ifPresent(end -> carryOver(subscription, checkout.begunAt(), end));
        return SessionCreateParams.builder()
                .setMode(Mode.SUBSCRIPTION)
                .setCustomer(customer)
                .setClientReferenceId(checkout.account().toString())
                .putAllMetadata(marks)
                .setSubscriptionData(subscription.build())
                .addLineItem(LineItem.builder().setPrice(price).setQuantity(1L).build())
                .setSuccessUrl(site.at("/v1/checkout/return") + "?session_id={CHECKOUT_SESSION_ID}")
                .setCancelUrl(site.backTo(checkout.article()).toString())
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
    public PageState fulfil(Checkout checkout) {
        return stripe.forReader(() -> stripe.session(checkout.session())
                .filter(session -> StripeTranslation.isOf(session, checkout.account()))
                .map(session -> {
                    PageState state = StripeTranslation.pageState(session);
                    if (state == PageState.COMPLETE && session.getSubscription() != null) {
                        sync.now(session.getSubscription());
                    }
                    return state;
                })
                .orElse(PageState.EXPIRED));
    }

    @Override
    public PageState close(Checkout checkout) {
        return stripe.forReader(() -> {
            try {
                return intentions.intend(
                        "expire-" + checkout.id(),
                        name -> StripeTranslation.pageState(stripe.expire(checkout.session(), name)));
            } catch (StripeTrouble trouble) {
                if (trouble.isPassing()) {
                    throw trouble;
                }
                // only what is open can be expired
                return stripe.session(checkout.session())
                        .map(StripeTranslation::pageState)
                        .filter(state -> state != PageState.OPEN)
                        .orElseThrow(() -> trouble);
            }
        });
    }

    @Override
    public Optional<URI> portal(UUID account, URI backTo) {
        return stripe.forReader(() -> customers.of(account).map(customer -> {
            var wanted = com.stripe.param.billingportal.SessionCreateParams.builder()
                    .setCustomer(customer)
                    .setReturnUrl(backTo.toString())
                    .build();
            return URI.create(
                    stripe.portal(wanted, "portal-" + UUID.randomUUID()).getUrl());
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
    public void cancel(Subscription subscription) {
        change(
                subscription,
                "cancel",
                SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build());
    }

    @Override
    public void resume(Subscription subscription) {
        stripe.forReader(() -> stripe.subscription(subscription.id()))
                .flatMap(StripeTranslation::undoing)
                .ifPresent(change -> change(subscription, change.getCancelAt() == null ? "resume" : "undate", change));
    }

    private void change(Subscription subscription, String what, SubscriptionUpdateParams change) {
        // with every fetch there may be another reason to want the same
        String intention = what + "-" + subscription.id() + "-" + subscription.fetch();
        stripe.forReader(() -> {
            intentions.intend(intention, name -> stripe.update(subscription.id(), change, name));
            sync.now(subscription.id());
            return null;
        });
    }

    @Override
    public boolean forget(UUID account) {
        return stripe.forReader(() -> {
            try {
                return deletion.delete(account);
            } catch (StripeTrouble trouble) {
                if (trouble.isPassing()) {
                    throw trouble;
                }
                Log.errorf(trouble, "Account %s cannot be erased: Stripe does not forget it", account);
                return false;
            }
        });
    }
}
