package dev.gatefold.subscriptions.checkout;

import dev.gatefold.entitlements.StandingCache;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.BillingProvider.CheckoutPageState;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.http.Caller;
import io.quarkus.logging.Log;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/v1/checkout/return")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
class CheckoutReturnResource {
    private static final String SESSION = "[\\w.:-]{1,255}";

    private final Checkouts checkouts;
    private final BillingProvider billing;
    private final StandingCache standings;
    private final SecurityIdentity identity;
    private final SiteConfig site;
    private final Clock clock;

    CheckoutReturnResource(
            Checkouts checkouts,
            BillingProvider billing,
            StandingCache standings,
            SecurityIdentity identity,
            SiteConfig site,
            Clock clock) {
        this.checkouts = checkouts;
        this.billing = billing;
        this.standings = standings;
        this.identity = identity;
        this.site = site;
        this.clock = clock;
    }

    @GET
    @PermitAll
    @RunOnVirtualThread
    @Operation(
            summary = "Where the reader comes back to after paying",
            description = "Records what was agreed, whether or not the news of it has come, for whoever began the "
                    + "checkout and nobody else; then leads back to the article.")
    @APIResponse(responseCode = "303", description = "To the article, or to the reader app's site")
    @APIResponse(responseCode = "404", description = "No checkout of ours has this session")
    public RestResponse<Void> comeBack(@RestQuery("session_id") @NotNull @Pattern(regexp = SESSION) String session) {
        Checkout checkout = checkouts
                .bySessionId(session)
                .orElseThrow(() -> Problem.notFound("No checkout of ours has this session"));
        fulfil(checkout);
        return RestResponse.seeOther(
                isSomebodyElses(checkout) ? site.absoluteHome() : site.articleOrHome(checkout.article()));
    }

    /** Whoever bills may be away just now; then the news, or the next comparison, does what is to be done here. */
    private void fulfil(Checkout checkout) {
        try {
            if (billing.syncCheckout(checkout) == CheckoutPageState.COMPLETE) {
                checkouts.close(checkout, Checkout.CheckoutState.COMPLETE);
            }
        } catch (Problem problem) {
            Log.warnf("Checkout %s is not fulfilled yet: %s", checkout.id, problem.getMessage());
        } catch (RuntimeException e) {
            // whoever has paid must not meet an error of ours
            Log.errorf(e, "Checkout %s is not fulfilled yet", checkout.id);
        }
    }

    private boolean isSomebodyElses(Checkout checkout) {
        Optional<Identity> reader = Caller.of(identity).reader();
        return reader.isPresent()
                && !standings.get(reader.get(), clock.instant()).account().equals(Optional.of(checkout.accountId));
    }
}
