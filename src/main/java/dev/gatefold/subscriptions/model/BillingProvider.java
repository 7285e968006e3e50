package dev.gatefold.subscriptions.model;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Whoever bills, as this room sees it. Each call goes to a server far away: never make one within a transaction, and
 * never on the way of an access question. Where it cannot be had, each throws a problem with status 503.
 */
public interface BillingProvider {
    /** A page on which the reader pays, and the provider's name for it. */
    record HostedPage(String sessionId, URI url) {}

    /** How a hosted page stands. */
    enum CheckoutPageState {
        OPEN,
        COMPLETE,
        EXPIRED
    }

    /** Has all agreements of an account recorded as they are now. */
    void syncAccount(UUID account);

    /** Makes the page for a checkout; for one checkout it is one page, however often it is asked for. */
    HostedPage openCheckout(Checkout checkout);

    /** How the page of a checkout stands; where it is complete, what was agreed on it has been recorded. */
    CheckoutPageState syncCheckout(Checkout checkout);

    /** Closes the page of a checkout, so that nobody can pay on it; where it is closed already, says how. */
    CheckoutPageState closeCheckout(Checkout checkout);

    /** A page on which the reader looks after means of payment and invoices; empty for who has never bought. */
    Optional<URI> portalUrl(UUID account, URI backTo);

    /** The origins of the hosted pages, such as {@code https://pay.example.com}. */
    Set<String> pageOrigins();

    /** Has it end with the period that is paid, and records that. */
    void cancelAtPeriodEnd(Subscription subscription);

    /** Has it go on after all, and records that. */
    void undoCancellation(Subscription subscription);

    /**
     * Ends all agreements of an account at once, records that, and has the reader forgotten. What is done already is not
     * done again.
     *
     * @return whether a fresh look has confirmed it; also where nothing was ever bought
     */
    boolean eraseAccount(UUID account);
}
