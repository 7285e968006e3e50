package dev.gatefold.billing.stripe;

import com.stripe.model.checkout.Session;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutPageState;
import dev.gatefold.subscriptions.model.HostedPage;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.UUID;

/** Opens, syncs and closes Stripe's hosted checkout pages. */
@Singleton
class StripeCheckout {
    private final StripeCheckoutApi stripe;
    private final StripeCustomerApi stripeCustomers;
    private final CustomerCreation customers;
    private final StripePrices prices;
    private final CheckoutSessionParams params;
    private final StripeIdempotencyKeys keys;
    private final SubscriptionSync sync;

    StripeCheckout(
            StripeCheckoutApi stripe,
            StripeCustomerApi stripeCustomers,
            CustomerCreation customers,
            StripePrices prices,
            CheckoutSessionParams params,
            StripeIdempotencyKeys keys,
            SubscriptionSync sync) {
        this.stripe = stripe;
        this.stripeCustomers = stripeCustomers;
        this.customers = customers;
        this.prices = prices;
        this.params = params;
        this.keys = keys;
        this.sync = sync;
    }

    /** Creates the page of a checkout. Stripe returns the same page for the same checkout. */
    HostedPage open(Checkout checkout) {
        PlanInterval plan = new PlanInterval(checkout.plan(), checkout.interval());
        String price = prices.priceIdFor(plan);
        String customer = customers.findOrCreate(checkout.account());
        try {
            Session session = stripe.create(params.of(checkout, customer, price), "checkout-" + checkout.id());
            return new HostedPage(session.getId(), URI.create(session.getUrl()));
        } catch (StripeFailure failure) {
            if (failure.isResponse() && !failure.isRetryable()) {
                explainRefusal(customer, plan, price);
            }
            throw failure;
        }
    }

    /** Throws the problem that explains why Stripe refused a checkout, if it is known. */
    private void explainRefusal(String customer, PlanInterval plan, String price) {
        // an erasure may delete the customer while the same reader starts a checkout
        if (!stripeCustomers.exists(customer)) {
            throw Problem.conflict(
                    "customer-deleted",
                    "Customer deleted",
                    "The account was erased at the payment provider during the request; nothing was bought. "
                            + "Repeat the request to buy with a new customer");
        }
        // the price may have been archived
        if (prices.isReplaced(plan, price)) {
            throw Problem.conflict(
                    "price-changed",
                    "Price changed",
                    "The price of the plan has just changed; nothing was bought. "
                            + "Show the new price, and repeat the request to buy at that price");
        }
    }

    /** Fetches the state of a checkout's page and, if it is complete, syncs the subscription. */
    CheckoutPageState sync(Checkout checkout) {
        return stripe.find(checkout.session())
                .filter(session -> isFor(session, checkout.account()))
                .map(session -> {
                    CheckoutPageState state = pageState(session);
                    if (state == CheckoutPageState.COMPLETE && session.getSubscription() != null) {
                        sync.syncNow(session.getSubscription());
                    }
                    return state;
                })
                .orElse(CheckoutPageState.EXPIRED);
    }

    /** Expires the page of a checkout and returns its final state. */
    CheckoutPageState close(Checkout checkout) {
        try {
            return keys.call("expire-" + checkout.id(), key -> pageState(stripe.expire(checkout.session(), key)));
        } catch (StripeFailure failure) {
            if (failure.isRetryable()) {
                throw failure;
            }
            // Stripe rejects the request if the page is not open any more
            return stripe.find(checkout.session())
                    .map(StripeCheckout::pageState)
                    .filter(state -> state != CheckoutPageState.OPEN)
                    .orElseThrow(() -> failure);
        }
    }

    private static boolean isFor(Session session, UUID account) {
        String reference = session.getClientReferenceId();
        return reference == null || reference.equals(account.toString());
    }

    private static CheckoutPageState pageState(Session session) {
        return switch (session.getStatus()) {
            case "complete" -> CheckoutPageState.COMPLETE;
            case "expired" -> CheckoutPageState.EXPIRED;
            case null, default -> CheckoutPageState.OPEN;
        };
    }
}
