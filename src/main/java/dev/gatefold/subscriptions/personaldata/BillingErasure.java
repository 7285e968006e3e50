package dev.gatefold.subscriptions.personaldata;

import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.checkout.CheckoutClosing;
import dev.gatefold.subscriptions.checkout.Checkouts;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Ends everything that a reader bought at the billing provider, before the account is erased here. */
@Singleton
public class BillingErasure {
    private static final int SERVICE_UNAVAILABLE = 503;

    private final Checkouts checkouts;
    private final CheckoutClosing closing;
    private final Subscriptions subscriptions;
    private final BillingProvider billing;

    BillingErasure(Checkouts checkouts, CheckoutClosing closing, Subscriptions subscriptions, BillingProvider billing) {
        this.checkouts = checkouts;
        this.closing = closing;
        this.subscriptions = subscriptions;
        this.billing = billing;
    }

    /**
     * Ends the subscriptions of an account and deletes its customer at the billing provider. Blocks. After a failure the
     * call can be repeated; it continues where it stopped.
     *
     * @throws Problem 409 {@code erasure-not-confirmed} if the provider did not confirm the deletion; 409 {@code just-paid}
     *     if a new subscription was found. Then no data may be erased here either.
     */
    public void eraseAccount(UUID account) {
        try {
            Set<String> known = live(account);
            // closed before the sync, so that no payment can follow it
            checkouts.openOf(account).ifPresent(closing::close);
            billing.syncAccount(account);
            if (!known.containsAll(live(account))) {
                throw justPaid();
            }
            if (!billing.eraseAccount(account)) {
                throw ErasureRefused.problem();
            }
        } catch (Problem problem) {
            throw problem.status() == SERVICE_UNAVAILABLE ? ErasureRefused.problem() : problem;
        }
    }

    private Set<String> live(UUID account) {
        return QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.allLiveOf(account).stream()
                        .map(Subscription::id)
                        .collect(Collectors.toSet()));
    }

    /** Stops the erasure once, so that the reader learns about the payment that would be lost. */
    private static Problem justPaid() {
        return Problem.conflict(
                "just-paid",
                "Payment just received",
                "A new subscription was found during the erasure; repeat the request to end it too");
    }
}
