package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.membership.CurrentReader;
import dev.gatefold.subscriptions.model.BillingProvider;
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
     * @param backTo URL to which the page links back
     * @throws Problem 409 {@code nothing-bought} if the account has no customer at the provider
     */
    public URI url(Identity reader, URI backTo, Instant at) {
        UUID account = readers.account(reader, at);
        Optional<String> holder = QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.liveOf(account).map(Subscription::customer));
        return billing.portalUrl(account, holder, backTo)
                .orElseThrow(() ->
                        Problem.conflict("nothing-bought", "No purchases", "The account has never started a checkout"));
    }
}
