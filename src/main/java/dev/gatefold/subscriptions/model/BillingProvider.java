package dev.gatefold.subscriptions.model;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What {@code subscriptions} needs from a billing provider. Every method but {@link #pageOrigins} calls a remote server and
 * blocks: do not call it inside a transaction or while deciding about access. If the provider cannot be reached, a method
 * throws a {@link dev.gatefold.kernel.Problem} with status 503.
 */
public interface BillingProvider {
    /** Fetches and records the current state of all subscriptions of an account. */
    void syncAccount(UUID account);

    /** Creates the hosted page for a checkout. Repeated calls for the same checkout return the same page. */
    HostedPage openCheckout(Checkout checkout);

    /** Fetches the state of a checkout's page. If the page is complete, its subscription has been recorded on return. */
    CheckoutPageState syncCheckout(Checkout checkout);

    /**
     * Closes the page of a checkout so that no payment can be made on it.
     *
     * @return the final state of the page, which may be {@link CheckoutPageState#COMPLETE} if the reader has just paid
     */
    CheckoutPageState closeCheckout(Checkout checkout);

    /**
     * Creates a page on which the reader manages payment methods, the plan and invoices.
     *
     * @param held the live subscription, whose customer's page is opened; if empty, the customer of the account for purchases
     * @param flow the page; the provider may open the overview instead if the page is not available
     * @param backTo URL to which the page links back, and to which it redirects after the flow
     * @return empty if the account has no customer at the provider
     */
    Optional<URI> portalUrl(UUID account, Optional<Subscription> held, PortalFlow flow, URI backTo);

    /** Returns the origins of the hosted pages, such as {@code https://pay.example.com}. Does not block. */
    Set<String> pageOrigins();

    /**
     * Cancels a subscription at the end of the paid period and records the result. A later end is brought forward. A schedule
     * that manages the subscription is removed first.
     *
     * @throws dev.gatefold.kernel.Problem 409 {@code managed-by-schedule} or {@code cancellation-refused} if the provider
     *     refuses
     */
    void cancelAtPeriodEnd(Subscription subscription);

    /**
     * Ends a subscription immediately, without a last invoice, and records the result. The provider stops collecting its open
     * invoices.
     *
     * @throws dev.gatefold.kernel.Problem 409 {@code cancellation-refused} if the provider refuses
     */
    void cancelNow(Subscription subscription);

    /** Voids open invoices of a subscription, and records the result. An invoice that the provider does not void stays due. */
    void voidInvoices(Subscription subscription, List<String> invoices);

    /**
     * Removes a scheduled cancellation and records the result.
     *
     * @throws dev.gatefold.kernel.Problem 409 {@code managed-by-schedule} or {@code cancellation-refused} if the provider
     *     refuses
     */
    void undoCancellation(Subscription subscription);

    /**
     * Resumes a paused subscription, which charges the customer's payment method, and records the result.
     *
     * @throws dev.gatefold.kernel.Problem 409 {@code payment-method-required} if there is no payment method
     */
    void resume(Subscription subscription);

    /**
     * Ends all subscriptions of an account immediately, records that, and deletes the customer at the provider. The call
     * can be repeated: completed steps are skipped.
     *
     * @return true if the provider confirmed the deletion or never had a customer for the account
     */
    boolean eraseAccount(UUID account);
}
