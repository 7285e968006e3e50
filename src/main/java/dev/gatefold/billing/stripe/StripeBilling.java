package dev.gatefold.billing.stripe;

import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutPageState;
import dev.gatefold.subscriptions.model.HostedPage;
import dev.gatefold.subscriptions.model.PortalFlow;
import dev.gatefold.subscriptions.model.ProviderName;
import dev.gatefold.subscriptions.model.Subscription;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The billing provider Stripe. Every operation runs with the timeout for waiting readers. */
@Singleton
class StripeBilling implements BillingProvider {
    static final ProviderName PROVIDER = ProviderName.STRIPE;

    private final StripeConfig config;
    private final StripeCalls calls;
    private final StripePortal portal;
    private final StripeAccountSync accountSync;
    private final StripeCheckout checkouts;
    private final StripeCancellation cancellation;
    private final StripeResumption resumption;
    private final CustomerDeletion deletion;

    StripeBilling(
            StripeConfig config,
            StripeCalls calls,
            StripePortal portal,
            StripeAccountSync accountSync,
            StripeCheckout checkouts,
            StripeCancellation cancellation,
            StripeResumption resumption,
            CustomerDeletion deletion) {
        this.config = config;
        this.calls = calls;
        this.portal = portal;
        this.accountSync = accountSync;
        this.checkouts = checkouts;
        this.cancellation = cancellation;
        this.resumption = resumption;
        this.deletion = deletion;
    }

    @Override
    public void syncAccount(UUID account) {
        calls.callForReader(() -> {
            accountSync.sync(account);
            return null;
        });
    }

    @Override
    public HostedPage openCheckout(Checkout checkout) {
        return calls.callForReader(() -> checkouts.open(checkout));
    }

    @Override
    public CheckoutPageState syncCheckout(Checkout checkout) {
        return calls.callForReader(() -> checkouts.sync(checkout));
    }

    @Override
    public CheckoutPageState closeCheckout(Checkout checkout) {
        return calls.callForReader(() -> checkouts.close(checkout));
    }

    @Override
    public Optional<URI> portalUrl(UUID account, Optional<Subscription> held, PortalFlow flow, URI backTo) {
        return calls.callForReader(() -> portal.url(account, held, flow, backTo));
    }

    /** Returns Stripe's origins. A stand-in for Stripe serves its pages from the origin of its API. */
    @Override
    public Set<String> pageOrigins() {
        return config.apiBase().getHost().endsWith("stripe.com")
                ? Set.of("https://checkout.stripe.com", "https://billing.stripe.com", "https://invoice.stripe.com")
                : Set.of(config.apiBase().getScheme() + "://" + config.apiBase().getRawAuthority());
    }

    @Override
    public void cancelAtPeriodEnd(Subscription subscription) {
        calls.callForReader(() -> {
            cancellation.cancelAtPeriodEnd(subscription);
            return null;
        });
    }

    @Override
    public void cancelNow(Subscription subscription) {
        calls.callForReader(() -> {
            cancellation.cancelNow(subscription);
            return null;
        });
    }

    @Override
    public void voidInvoices(Subscription subscription, List<String> invoices) {
        calls.callForReader(() -> {
            cancellation.voidInvoices(subscription, invoices);
            return null;
        });
    }

    @Override
    public void undoCancellation(Subscription subscription) {
        calls.callForReader(() -> {
            cancellation.undo(subscription);
            return null;
        });
    }

    @Override
    public void resume(Subscription subscription) {
        calls.callForReader(() -> {
            resumption.resume(subscription);
            return null;
        });
    }

    @Override
    public boolean eraseAccount(UUID account) {
        return calls.callForReader(() -> {
            try {
                return deletion.delete(account);
            } catch (StripeFailure failure) {
                if (failure.isRetryable()) {
                    throw failure;
                }
                Log.errorf(failure, "Account %s is not erased, because Stripe refused to delete its customer", account);
                return false;
            }
        });
    }
}
