package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.membership.CurrentReader;
import dev.gatefold.subscriptions.model.BillingProvider;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;

/** Creates links to the billing provider's portal, where readers manage payment methods and invoices. */
@Singleton
public class BillingPortal {
    private final CurrentReader readers;
    private final BillingProvider billing;

    BillingPortal(CurrentReader readers, BillingProvider billing) {
        this.readers = readers;
        this.billing = billing;
    }

    /**
     * Creates a portal page for a reader. Blocks while it calls the billing provider.
     *
     * @param backTo URL to which the page links back
     * @throws Problem 409 {@code nothing-bought} if the account has no customer at the provider
     */
    public URI url(Identity reader, URI backTo, Instant at) {
        return billing.portalUrl(readers.account(reader, at), backTo)
                .orElseThrow(() ->
                        Problem.conflict("nothing-bought", "No purchases", "The account has never started a checkout"));
    }
}
