package dev.gatefold.subscriptions.checkout;

import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.membership.CurrentReader;
import dev.gatefold.subscriptions.membership.SaleConflict;
import dev.gatefold.subscriptions.membership.StartTrial;
import dev.gatefold.subscriptions.model.BilledSubscription;
import dev.gatefold.subscriptions.model.BilledSubscriptions;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutSelection;
import dev.gatefold.subscriptions.model.CheckoutState;
import dev.gatefold.subscriptions.model.HostedPage;
import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import dev.gatefold.subscriptions.policy.BillingStatuses;
import dev.gatefold.web.http.IdempotencyKey;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    /** How often the checkout is decided anew if the account changes at the same time. */
    private static final int MAX_ATTEMPTS = 3;

    private final CurrentReader readers;
    private final Checkouts checkouts;
    private final CheckoutClosing closing;
    private final BilledSubscriptions subscriptions;
    private final BillingProvider billing;

    OpenCheckout(
            CurrentReader readers,
            Checkouts checkouts,
            CheckoutClosing closing,
            BilledSubscriptions subscriptions,
            BillingProvider billing) {
        this.readers = readers;
        this.checkouts = checkouts;
        this.closing = closing;
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
     * @throws Problem 409 {@code checkout-in-progress}, {@code idempotency-key-in-flight}, or as {@link SaleConflict} says;
     *     422 {@code idempotency-key-reused} if the key was used for another selection; 503 if the provider is unavailable
     */
    public OpenedCheckout open(Identity reader, CheckoutSelection wanted, String key, Instant at) {
        UUID account = readers.account(reader, at);
        Optional<Checkout> earlier = checkouts.byIdempotencyKey(account, key);
        if (earlier.isPresent()) {
            return resume(earlier.get(), wanted, at);
        }
        billing.syncAccount(account);
        endUnpaidPurchases(account);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            // read after the sync, and again if a trial or a subscription has begun since
            Standing standing = readers.standing(reader, at);
            requireNothingBilled(account);
            Checkout checkout = Checkout.create(account, key, wanted, runningTrialEnd(standing, at), at);
            Optional<Checkout> open = checkouts.openOf(account).filter(it -> isStillOpen(it, at));
            if (open.isPresent() && open.get().isEquivalentTo(checkout)) {
                return new OpenedCheckout(open.get().page().orElseThrow(), false);
            }
            open.ifPresent(this::close);
            switch (checkouts.add(checkout, standing.version())) {
                case ADDED -> {
                    return openPage(checkout);
                }
                case REFUSED -> throw inProgress();
                case OUTDATED -> {}
            }
        }
        throw inProgress();
    }

    private OpenedCheckout openPage(Checkout checkout) {
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
            close(checkout);
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
                requireNothingBilled(checkout.account());
                yield false;
            }
        };
    }

    private static boolean isOpening(Checkout checkout, Instant at) {
        return at.isBefore(checkout.createdAt().plus(MAX_OPENING_TIME));
    }

    private void close(Checkout checkout) {
        if (closing.close(checkout) == CheckoutState.COMPLETE) {
            requireNothingBilled(checkout.account());
        }
    }

    private void requireNothingBilled(UUID account) {
        BillingStatus status =
                QuarkusTransaction.requiringNew().call(() -> BillingStatuses.of(subscriptions.ofAccount(account)));
        SaleConflict.of(status).ifPresent(conflict -> {
            throw conflict;
        });
    }

    /** Ends subscriptions whose first payment could still be made, so that the reader cannot pay twice. */
    private void endUnpaidPurchases(UUID account) {
        for (BilledSubscription incomplete : incomplete(account)) {
            List<String> owed = incomplete.invoices().stream()
                    .filter(InvoiceSnapshot::isOwed)
                    .map(InvoiceSnapshot::id)
                    .toList();
            // the provider refuses to void a paid invoice, so that a subscription that was just paid does not end
            billing.voidInvoices(incomplete.subscription(), owed);
        }
        incomplete(account).forEach(it -> billing.cancelNow(it.subscription()));
    }

    private List<BilledSubscription> incomplete(UUID account) {
        return QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.ofAccount(account).stream()
                        .filter(it -> it.subscription().status() == SubscriptionStatus.INCOMPLETE && !it.isOpen())
                        .toList());
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
