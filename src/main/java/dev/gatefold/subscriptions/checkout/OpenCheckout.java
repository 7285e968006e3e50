package dev.gatefold.subscriptions.checkout;

import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.membership.CurrentReader;
import dev.gatefold.subscriptions.membership.StartTrial;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutPageState;
import dev.gatefold.subscriptions.model.CheckoutSelection;
import dev.gatefold.subscriptions.model.CheckoutState;
import dev.gatefold.subscriptions.model.HostedPage;
import dev.gatefold.subscriptions.model.Subscriptions;
import dev.gatefold.web.http.IdempotencyKey;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens hosted payment pages. An account can have one subscription and one open page: before a page is opened, the account
 * is synced with the billing provider and an earlier page is closed.
 */
@Singleton
public class OpenCheckout {
    /** How long the creation of a page may take before another request may replace the checkout. */
    private static final Duration MAX_OPENING_TIME = Duration.ofSeconds(30);

    private final CurrentReader readers;
    private final Checkouts checkouts;
    private final Subscriptions subscriptions;
    private final BillingProvider billing;

    OpenCheckout(CurrentReader readers, Checkouts checkouts, Subscriptions subscriptions, BillingProvider billing) {
        this.readers = readers;
        this.checkouts = checkouts;
        this.subscriptions = subscriptions;
        this.billing = billing;
    }

    /**
     * A hosted page that is ready for the reader.
     *
     * @param replayed whether an earlier request with the same idempotency key already returned the page
     */
    public record OpenedCheckout(HostedPage page, boolean replayed) {}

    /**
     * Returns the page on which a reader pays for a selection. Blocks while it calls the billing provider. Requests with the
     * same key get the same page. A request for the same selection gets the page that is already open.
     *
     * @param key idempotency key, unique within the account
     * @throws Problem 409 {@code already-subscribed}, {@code checkout-in-progress} or {@code idempotency-key-in-flight};
     *     422 {@code idempotency-key-reused} if the key was used for another selection; 503 if the provider is unavailable
     */
    public OpenedCheckout open(Identity reader, CheckoutSelection wanted, String key, Instant at) {
        Standing standing = readers.standing(reader, at);
        UUID account = standing.account().orElseThrow();
        Optional<Checkout> earlier = checkouts.byIdempotencyKey(account, key);
        if (earlier.isPresent()) {
            return resume(earlier.get(), wanted, at);
        }
        billing.syncAccount(account);
        requireNoLiveSubscription(account);
        Checkout checkout = Checkout.create(account, key, wanted, runningTrialEnd(standing, at), at);
        Optional<Checkout> open = checkouts.openOf(account).filter(it -> isStillOpen(it, at));
        if (open.isPresent() && open.get().isEquivalentTo(checkout)) {
            return new OpenedCheckout(open.get().page().orElseThrow(), false);
        }
        open.ifPresent(this::close);
        if (!checkouts.add(checkout)) {
            throw inProgress();
        }
        try {
            return new OpenedCheckout(createPage(checkout), false);
        } catch (RuntimeException e) {
            // frees the account for another attempt
            checkouts.abandon(checkout);
            throw e;
        }
    }

    private OpenedCheckout resume(Checkout earlier, CheckoutSelection wanted, Instant at) {
        if (!earlier.matches(wanted)) {
            throw IdempotencyKey.reused();
        }
        if (earlier.page().isEmpty() && isOpening(earlier, at)) {
            throw IdempotencyKey.inFlight();
        }
        return earlier.page()
                .map(page -> new OpenedCheckout(page, true))
                .orElseGet(() -> new OpenedCheckout(createPage(earlier), false));
    }

    private HostedPage createPage(Checkout checkout) {
        HostedPage page = billing.openCheckout(checkout);
        if (!checkouts.recordPage(checkout, page)) {
            checkout.setPage(page);
            billing.closeCheckout(checkout);
            throw inProgress();
        }
        return page;
    }

    /** Returns true if the page of the checkout is open. Otherwise closes the checkout and records a payment made on it. */
    private boolean isStillOpen(Checkout checkout, Instant at) {
        if (checkout.page().isEmpty()) {
            if (isOpening(checkout, at)) {
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
                requireNoLiveSubscription(checkout.account());
                yield false;
            }
        };
    }

    private static boolean isOpening(Checkout checkout, Instant at) {
        return at.isBefore(checkout.createdAt().plus(MAX_OPENING_TIME));
    }

    private void close(Checkout checkout) {
        if (billing.closeCheckout(checkout) == CheckoutPageState.COMPLETE) {
            var _ = billing.syncCheckout(checkout);
            checkouts.close(checkout, CheckoutState.COMPLETE);
            requireNoLiveSubscription(checkout.account());
        } else {
            checkouts.close(checkout, CheckoutState.EXPIRED);
        }
    }

    private void requireNoLiveSubscription(UUID account) {
        boolean live = QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.liveOf(account).isPresent());
        if (live) {
            throw Problem.conflict(
                    "already-subscribed",
                    "Already subscribed",
                    "The account has a live subscription; manage it on the page that POST /v1/me/portal returns");
        }
    }

    private static Instant runningTrialEnd(Standing standing, Instant at) {
        return StartTrial.trialIn(standing)
                .filter(it -> it.basis() == EntitlementBasis.TRIAL && it.term().contains(at))
                .map(it -> it.term().end())
                .orElse(null);
    }

    private static Problem inProgress() {
        return Problem.conflict(
                "checkout-in-progress",
                "Checkout in progress",
                "Another request of this account is opening a checkout; try again in a few seconds");
    }
}
