package dev.gatefold.subscriptions.checkout;

import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutPageState;
import dev.gatefold.subscriptions.model.CheckoutState;
import jakarta.inject.Singleton;

/** Closes the payment pages of checkouts. Blocks while it calls the billing provider. Can be repeated. */
@Singleton
public class CheckoutClosing {
    private final Checkouts checkouts;
    private final BillingProvider billing;

    CheckoutClosing(Checkouts checkouts, BillingProvider billing) {
        this.checkouts = checkouts;
        this.billing = billing;
    }

    /** Closes the page of a checkout, so that no payment can be made on it, and records a payment that was made before. */
    public CheckoutState close(Checkout checkout) {
        return checkout.page().isPresent()
                ? closePage(checkout)
                : checkouts.expireWithoutPage(checkout).map(this::closePage).orElse(CheckoutState.EXPIRED);
    }

    private CheckoutState closePage(Checkout checkout) {
        boolean paid = billing.closeCheckout(checkout) == CheckoutPageState.COMPLETE;
        if (paid) {
            var _ = billing.syncCheckout(checkout);
        }
        CheckoutState state = paid ? CheckoutState.COMPLETE : CheckoutState.EXPIRED;
        checkouts.close(checkout, state);
        return state;
    }
}
