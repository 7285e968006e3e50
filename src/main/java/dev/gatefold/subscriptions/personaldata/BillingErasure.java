package dev.gatefold.subscriptions.personaldata;

import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.checkout.Checkouts;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.BillingProvider.CheckoutPageState;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.Checkout.CheckoutState;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A reader leaves for good: all that was bought ends where it was bought, before anything is forgotten here. */
@Singleton
public class BillingErasure {
    private static final int AWAY = 503;

    private final Checkouts checkouts;
    private final Subscriptions subscriptions;
    private final BillingProvider billing;

    BillingErasure(Checkouts checkouts, Subscriptions subscriptions, BillingProvider billing) {
        this.checkouts = checkouts;
        this.subscriptions = subscriptions;
        this.billing = billing;
    }

    /**
     * Returns when whoever bills has confirmed that all has ended and the reader is forgotten there. A problem where it has
     * not: then nothing is to be forgotten here either, and saying it again goes on from there. Blocks.
     */
    public void eraseAccount(UUID account) {
        try {
            Set<String> known = live(account);
            // from here on nobody can pay any more; what was paid before is seen by looking afterwards
            checkouts.openOf(account).ifPresent(this::close);
            billing.syncAccount(account);
            if (!known.containsAll(live(account))) {
                throw paid();
            }
            if (!billing.eraseAccount(account)) {
                throw ErasureRefused.problem();
            }
        } catch (Problem problem) {
            throw problem.status() == AWAY ? ErasureRefused.problem() : problem;
        }
    }

    private void close(Checkout checkout) {
        boolean paid = checkout.session != null && billing.closeCheckout(checkout) == CheckoutPageState.COMPLETE;
        if (paid) {
            var _ = billing.syncCheckout(checkout);
        }
        checkouts.close(checkout, paid ? CheckoutState.COMPLETE : CheckoutState.EXPIRED);
    }

    private Set<String> live(UUID account) {
        return QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.allLiveOf(account).stream()
                        .map(Subscription::id)
                        .collect(Collectors.toSet()));
    }

    /** Money that has come while its reader was leaving is not taken without a word. */
    private static Problem paid() {
        return Problem.conflict(
                "just-paid",
                "A payment has just been made",
                "A subscription has begun that was not known here until now; erase the account again to end it too");
    }
}
