package dev.gatefold.subscriptions.checkout;

import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.membership.StartTrial;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.BillingProvider.CheckoutPageState;
import dev.gatefold.subscriptions.model.BillingProvider.HostedPage;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.Checkout.CheckoutSelection;
import dev.gatefold.subscriptions.model.Checkout.CheckoutState;
import dev.gatefold.subscriptions.model.Subscriptions;
import dev.gatefold.web.http.IdempotencyKey;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Leads a reader to the page on which a plan is paid. One subscription an account: whoever bills is asked first, and
 * one page at a time may be open.
 */
@Singleton
public class OpenCheckout {
    /** So long the making of a page may take before another request gives it up. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Checkouts checkouts;
    private final Subscriptions subscriptions;
    private final BillingProvider billing;

    OpenCheckout(Checkouts checkouts, Subscriptions subscriptions, BillingProvider billing) {
        this.checkouts = checkouts;
        this.subscriptions = subscriptions;
        this.billing = billing;
    }

    /** A page, and whether it was answered before to the same key. */
    public record OpenedCheckout(HostedPage page, boolean replayed) {}

    /** The page; for one key it is one page, and where one is open for the same, it is that one. */
    public OpenedCheckout open(Standing standing, CheckoutSelection wanted, String key, Instant at) {
        UUID account = standing.account().orElseThrow();
        Optional<Checkout> earlier = checkouts.byIdempotencyKey(account, key);
        if (earlier.isPresent()) {
            return resumed(earlier.get(), wanted, at);
        }
        billing.syncAccount(account);
        requireNoneLive(account);
        Checkout checkout = Checkout.create(account, key, wanted, trialLeft(standing, at), at);
        Optional<Checkout> open = checkouts.openOf(account).filter(it -> isStillOpen(it, at));
        if (open.isPresent() && open.get().isEquivalentTo(checkout)) {
            return new OpenedCheckout(open.get().page().orElseThrow(), false);
        }
        open.ifPresent(this::close);
        if (!checkouts.add(checkout)) {
            throw inProgress();
        }
        try {
            return new OpenedCheckout(page(checkout), false);
        } catch (RuntimeException e) {
            // where there is no page there is no checkout either: the reader may try again at once
            checkouts.abandon(checkout);
            throw e;
        }
    }

    /** The same key again: the same answer, or the rest of what was begun and given up. */
    private OpenedCheckout resumed(Checkout earlier, CheckoutSelection wanted, Instant at) {
        if (!earlier.matches(wanted)) {
            throw IdempotencyKey.reused();
        }
        if (earlier.page().isEmpty() && at.isBefore(earlier.createdAt.plus(PATIENCE))) {
            throw IdempotencyKey.inFlight();
        }
        return earlier.page()
                .map(page -> new OpenedCheckout(page, true))
                .orElseGet(() -> new OpenedCheckout(page(earlier), false));
    }

    private HostedPage page(Checkout checkout) {
        HostedPage page = billing.openCheckout(checkout);
        if (!checkouts.recordPage(checkout, page)) {
            checkout.session = page.sessionId();
            billing.closeCheckout(checkout);
            throw inProgress();
        }
        return page;
    }

    /** What has ended meanwhile is noted; and whoever has paid on it must not pay again. */
    private boolean isStillOpen(Checkout checkout, Instant at) {
        if (checkout.session == null) {
            if (at.isBefore(checkout.createdAt.plus(PATIENCE))) {
                throw inProgress();
            }
            checkouts.close(checkout, CheckoutState.EXPIRED);
            return false;
        }
        return switch (billing.syncCheckout(checkout)) {
            case OPEN -> true;
            case EXPIRED -> {
                checkouts.close(checkout, CheckoutState.EXPIRED);
                yield false;
            }
            case COMPLETE -> {
                checkouts.close(checkout, CheckoutState.COMPLETE);
                requireNoneLive(checkout.accountId);
                yield false;
            }
        };
    }

    private void close(Checkout checkout) {
        if (billing.closeCheckout(checkout) == CheckoutPageState.COMPLETE) {
            var _ = billing.syncCheckout(checkout);
            checkouts.close(checkout, CheckoutState.COMPLETE);
            requireNoneLive(checkout.accountId);
        } else {
            checkouts.close(checkout, CheckoutState.EXPIRED);
        }
    }

    private void requireNoneLive(UUID account) {
        boolean live = QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.liveOf(account).isPresent());
        if (live) {
            throw Problem.conflict(
                    "already-subscribed",
                    "There is a subscription",
                    "The account has a live subscription: POST /v1/me/portal leads to where it is looked after");
        }
    }

    private static Instant trialLeft(Standing standing, Instant at) {
        return StartTrial.trialIn(standing)
                .filter(right ->
                        right.basis() == EntitlementBasis.TRIAL && right.term().contains(at))
                .map(right -> right.term().end())
                .orElse(null);
    }

    private static Problem inProgress() {
        return Problem.conflict(
                "checkout-in-progress",
                "A checkout is being opened",
                "Another request of this account is opening a checkout; try again in a moment");
    }
}
