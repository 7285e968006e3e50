package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.membership.AmountDue;
import dev.gatefold.subscriptions.membership.CurrentReader;
import dev.gatefold.subscriptions.membership.Memberships;
import dev.gatefold.subscriptions.model.BillingProvider;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Finds the page on which a reader pays the open invoice. */
@Singleton
public class OpenInvoicePayment {
    private final CurrentReader readers;
    private final BillingProvider billing;
    private final Memberships memberships;

    OpenInvoicePayment(CurrentReader readers, BillingProvider billing, Memberships memberships) {
        this.readers = readers;
        this.billing = billing;
        this.memberships = memberships;
    }

    /**
     * Returns the page of the billing provider on which the reader pays. Blocks while it calls the provider.
     *
     * @throws Problem 409 {@code nothing-due} if no invoice is open, or none can be paid on a page
     */
    public URI url(Identity reader, Instant at) {
        // the reader may have paid in the meantime
        billing.syncAccount(readers.account(reader, at));
        return Optional.ofNullable(memberships.find(reader, at).amountDue())
                .map(AmountDue::payUrl)
                .orElseThrow(() -> Problem.conflict("nothing-due", "Nothing due", "The account has no open invoice"));
    }
}
