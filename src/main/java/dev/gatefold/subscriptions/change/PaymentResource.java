package dev.gatefold.subscriptions.change;

import dev.gatefold.kernel.Identity;
import dev.gatefold.subscriptions.membership.Membership;
import dev.gatefold.subscriptions.membership.Memberships;
import dev.gatefold.web.endpoint.LinkTarget;
import dev.gatefold.web.endpoint.LinkedAs;
import dev.gatefold.web.http.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The HTTP endpoints with which a reader gets back in: pays an open invoice, or resumes a paused subscription. */
@Path("/v1/me")
@Singleton
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Membership")
class PaymentResource {
    /**
     * A page of the payment provider on which the reader can pay.
     *
     * @param url absolute URL, valid as long as the invoice is open
     */
    @Schema(requiredProperties = {"url"})
    record PaymentPage(URI url) {}

    private final OpenInvoicePayment payment;
    private final SubscriptionResumption resumption;
    private final Memberships memberships;
    private final SecurityIdentity identity;
    private final Clock clock;

    PaymentResource(
            OpenInvoicePayment payment,
            SubscriptionResumption resumption,
            Memberships memberships,
            SecurityIdentity identity,
            Clock clock) {
        this.payment = payment;
        this.resumption = resumption;
        this.memberships = memberships;
        this.identity = identity;
        this.clock = clock;
    }

    @POST
    @Path("/payment")
    @LinkedAs(LinkTarget.PAY_OPEN_INVOICE)
    @RunOnVirtualThread
    @ResponseStatus(201)
    @Operation(
            operationId = "createPaymentPage",
            summary = "Pay the open invoice",
            description = "Returns the URL of a hosted page on which the reader pays the open invoice.")
    @APIResponseSchema(value = PaymentPage.class, responseCode = "201", responseDescription = "URL of the payment page")
    @APIResponse(responseCode = "409", description = "nothing-due")
    public PaymentPage createPaymentPage() {
        return new PaymentPage(payment.url(Caller.of(identity).requireReader(), clock.instant()));
    }

    @POST
    @Path("/subscription/resume")
    @LinkedAs(LinkTarget.RESUME_SUBSCRIPTION)
    @RunOnVirtualThread
    @Operation(
            operationId = "resumeSubscription",
            summary = "Resume a paused subscription",
            description =
                    "Charges the payment method that the reader has added in the billing portal. Also undoes a scheduled "
                            + "cancellation.")
    @APIResponseSchema(value = Membership.class, responseDescription = "The updated membership")
    @APIResponse(
            responseCode = "409",
            description = "no-subscription, payment-method-required, managed-by-schedule, cancellation-refused")
    public Membership resumeSubscription() {
        Identity reader = Caller.of(identity).requireReader();
        resumption.resume(reader, clock.instant());
        return memberships.find(reader, clock.instant());
    }
}
