package dev.gatefold.subscriptions;

import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.BillingProvider.HostedPage;
import dev.gatefold.subscriptions.BillingProvider.PageState;
import dev.gatefold.subscriptions.Checkout.State;
import dev.gatefold.subscriptions.Checkout.Wanted;
import dev.gatefold.web.IdempotencyKey;
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
    public record Opened(HostedPage page, boolean replayed) {}

    /** The page; for one key it is one page, and where one is open for the same, it is that one. */
    Opened open(Standing standing, Wanted wanted, String key, Instant at) {
        UUID account = standing.account().orElseThrow();
        Optional<Checkout> earlier = checkouts.ofKey(account, key);
        if (earlier.isPresent()) {
            return resumed(earlier.get(), wanted, at);
        }
        billing.refresh(account);
        requireNoneLive(account);
        Checkout checkout = Checkout.begin(account, key, wanted, trialLeft(standing, at), at);
        Optional<Checkout> open = checkouts.openOf(account).filter(it -> isStillOpen(it, at));
        if (open.isPresent() && open.get().isSameAs(checkout)) {
            return new Opened(open.get().page().orElseThrow(), false);
        }
        open.ifPresent(this::close);
        if (!checkouts.add(checkout)) {
            throw inProgress();
        }
        try {
            return new Opened(page(checkout), false);
        } catch (RuntimeException e) {
            // where there is no page there is no checkout either: the reader may try again at once
            checkouts.abandon(checkout);
            throw e;
        }
    }

    /** The same key again: the same answer, or the rest of what was begun and given up. */
    private Opened resumed(Checkout earlier, Wanted wanted, Instant at) {
        if (!earlier.isFor(wanted)) {
            throw IdempotencyKey.reused();
        }
        if (earlier.page().isEmpty() && at.isBefore(earlier.createdAt.plus(PATIENCE))) {
            throw IdempotencyKey.inFlight();
        }
        return earlier.page().map(page -> new Opened(page, true)).orElseGet(() -> new Opened(page(earlier), false));
    }

    private HostedPage page(Checkout checkout) {
        HostedPage page = billing.open(checkout);
        if (!checkouts.opened(checkout, page)) {
            checkout.session = page.session();
            billing.close(checkout);
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
            checkouts.ended(checkout, State.EXPIRED);
            return false;
        }
        return switch (billing.fulfil(checkout)) {
            case OPEN -> true;
            case EXPIRED -> {
                checkouts.ended(checkout, State.EXPIRED);
                yield false;
            }
            case COMPLETE -> {
                checkouts.ended(checkout, State.COMPLETE);
                requireNoneLive(checkout.accountId);
                yield false;
            }
        };
    }

    private void close(Checkout checkout) {
        if (billing.close(checkout) == PageState.COMPLETE) {
            var _ = billing.fulfil(checkout);
            checkouts.ended(checkout, State.COMPLETE);
            requireNoneLive(checkout.accountId);
        } else {
            checkouts.ended(checkout, State.EXPIRED);
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
        return StartTrial.of(standing)
                .filter(right -> right.basis() == Basis.TRIAL && right.term().contains(at))
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
