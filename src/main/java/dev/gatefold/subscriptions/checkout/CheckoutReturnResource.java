package dev.gatefold.subscriptions.checkout;

import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.entitlements.StandingCache;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.platform.tracing.TraceMode;
import dev.gatefold.subscriptions.model.BilledSubscriptions;
import dev.gatefold.subscriptions.model.BillingProvider;
import dev.gatefold.subscriptions.model.Checkout;
import dev.gatefold.subscriptions.model.CheckoutPageState;
import dev.gatefold.subscriptions.model.CheckoutState;
import dev.gatefold.subscriptions.policy.BillingStatuses;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.endpoint.Traced;
import dev.gatefold.web.http.Caller;
import dev.gatefold.web.http.PageMessage;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
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
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The HTTP endpoint to which the billing provider redirects a reader after payment. */
@Path("/v1/checkout/return")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
class CheckoutReturnResource {
    private static final String SESSION = "[\\w.:-]{1,255}";

    private final Checkouts checkouts;
    private final BilledSubscriptions subscriptions;
    private final BillingProvider billing;
    private final StandingCache standings;
    private final SecurityIdentity identity;
    private final SiteConfig site;
    private final Clock clock;

    CheckoutReturnResource(
            Checkouts checkouts,
            BilledSubscriptions subscriptions,
            BillingProvider billing,
            StandingCache standings,
            SecurityIdentity identity,
            SiteConfig site,
            Clock clock) {
        this.checkouts = checkouts;
        this.subscriptions = subscriptions;
        this.billing = billing;
        this.standings = standings;
        this.identity = identity;
        this.site = site;
        this.clock = clock;
    }

    @GET
    @Traced(TraceMode.ALWAYS)
    @PermitAll
    @RunOnVirtualThread
    @Operation(
            operationId = "completeCheckout",
            summary = "Complete a checkout after payment",
            description =
                    "Target of the redirect from the hosted payment page. Records the subscription for the account "
                            + "that started the checkout, then redirects to the article. A caller who is signed in to another "
                            + "account is redirected to the reader app's site.")
    @APIResponse(responseCode = "303", description = "Redirect to the article, or to the reader app's site")
    @APIResponse(responseCode = "404", description = "No checkout has this session")
    public RestResponse<Void> completeCheckout(
            @RestQuery("session_id") @NotNull @Pattern(regexp = SESSION) String session) {
        Checkout checkout =
                checkouts.bySessionId(session).orElseThrow(() -> Problem.notFound("No checkout has this session"));
        PageMessage message = recordPayment(checkout);
        URI next = isOfAnotherAccount(checkout) ? site.absoluteHome() : site.articleOrHome(checkout.article());
        return RestResponse.ResponseBuilder.<Void>seeOther(next)
                .cookie(message.cookie())
                .build();
    }

    /** Records the payment now if possible. On failure the webhook or the next reconciliation records it. */
    private PageMessage recordPayment(Checkout checkout) {
        try {
            if (billing.syncCheckout(checkout) == CheckoutPageState.COMPLETE) {
                checkouts.close(checkout, CheckoutState.COMPLETE);
                return isPaymentInProgress(checkout) ? PageMessage.ORDER_RECEIVED : PageMessage.MEMBERSHIP_STARTED;
            }
        } catch (Problem problem) {
            Log.warnf("Checkout %s is not recorded yet: %s", checkout.id(), problem.getMessage());
        } catch (RuntimeException e) {
            // a reader who has just paid must not see an error page
            Log.errorf(e, "Checkout %s is not recorded yet", checkout.id());
        }
        return PageMessage.PAYMENT_UNCONFIRMED;
    }

    private boolean isPaymentInProgress(Checkout checkout) {
        BillingStatus status = QuarkusTransaction.requiringNew()
                .call(() -> BillingStatuses.of(subscriptions.ofAccount(checkout.account())));
        return status == BillingStatus.PENDING || status == BillingStatus.FIRST_INVOICE_OPEN;
    }

    private boolean isOfAnotherAccount(Checkout checkout) {
        Optional<Identity> reader = Caller.of(identity).reader();
        return reader.isPresent()
                && !standings.get(reader.get(), clock.instant()).account().equals(Optional.of(checkout.account()));
    }
}
