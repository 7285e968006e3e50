package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.membership.CurrentReader;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.PortalFlow;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Creates links to the billing provider's portal, where readers manage payment methods and invoices. */
@Singleton
public class BillingPortal {
    private final CurrentReader readers;
    private final Subscriptions subscriptions;
    private final BillingProvider billing;

    BillingPortal(CurrentReader readers, Subscriptions subscriptions, BillingProvider billing) {
        this.readers = readers;
        this.subscriptions = subscriptions;
        this.billing = billing;
    }

    /**
     * Creates a portal page for a reader: that of the customer who holds the live subscription, otherwise that of the
     * customer for purchases. Blocks while it calls the billing provider.
     *
     * @param flow the page that the reader needs
     * @param backTo URL to which the page links back, and to which it redirects after the flow
     * @throws Problem 409 {@code nothing-bought} if the account has no customer at the provider
     */
    public URI url(Identity reader, PortalFlow flow, URI backTo, Instant at) {
        UUID account = readers.account(reader, at);
        Optional<Subscription> held = QuarkusTransaction.requiringNew().call(() -> subscriptions.liveOf(account));
        return billing.portalUrl(account, held, flow, backTo)
                .orElseThrow(() ->
                        Problem.conflict("nothing-bought", "No purchases", "The account has never started a checkout"));
    }
}
