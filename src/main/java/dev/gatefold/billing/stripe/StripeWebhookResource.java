package dev.gatefold.billing.stripe;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.billing.queue.BillingMetrics;
import dev.gatefold.billing.queue.BillingMetrics.WebhookDelivery;
import dev.gatefold.billing.queue.BillingWorker;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.endpoint.RateLimitExempt;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;

@Path("/v1/webhooks/stripe")
@RateLimitExempt
@Singleton
@PermitAll
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
class StripeWebhookResource {
    /** The event is stored; whether it was before does not matter to Stripe. */
    record ReceivedEvent(String event) {}

    /** Not the one of our API: what Stripe has signed is not held to the manners of our callers. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebhookIngest reception;
    private final BillingWorker worker;
    private final StripeSecrets secrets;
    private final BillingMetrics metrics;
    private final Clock clock;

    StripeWebhookResource(
            WebhookIngest reception, BillingWorker worker, StripeSecrets secrets, BillingMetrics metrics, Clock clock) {
        this.reception = reception;
        this.worker = worker;
        this.secrets = secrets;
        this.metrics = metrics;
        this.clock = clock;
    }

    @POST
    @Operation(
            summary = "An event of Stripe's",
            description = "Stored before it is answered, and handled afterwards; twice is once.")
    @APIResponseSchema(value = ReceivedEvent.class, responseDescription = "It is stored")
    @APIResponse(responseCode = "400", description = "Not signed by Stripe, not lately, or no event: nothing is stored")
    @APIResponse(responseCode = "503", description = "It cannot be stored; Stripe delivers it again")
    public ReceivedEvent receive(byte[] sent, @RestHeader("Stripe-Signature") String signature) {
        byte[] body = sent == null ? new byte[0] : sent;
        StripeEventRef doorbell = verified(body, signature);
        metrics.countDelivery(reception.ingest(doorbell, body) ? WebhookDelivery.NEW : WebhookDelivery.DUPLICATE);
        worker.wake();
        return new ReceivedEvent(doorbell.event());
    }

    private StripeEventRef verified(byte[] body, String signature) {
        try {
            verify(body, signature);
            return StripeTranslation.eventRef(JSON.readTree(body));
        } catch (IllegalArgumentException e) {
            throw refused("invalid-event", e.getMessage());
        } catch (IOException e) {
            throw refused("malformed-json", "The body is not JSON that can be read");
        }
    }

    private void verify(byte[] body, String header) {
        StripeSignature signature = StripeSignature.parse(header);
        if (!signature.isWithinTolerance(clock.instant())) {
            throw new IllegalArgumentException("The Stripe-Signature was not made lately");
        }
        if (!signature.matches(body, secrets.webhookSecrets())) {
            throw new IllegalArgumentException("The Stripe-Signature is of no secret of this endpoint's");
        }
    }

    private Problem refused(String code, String detail) {
        metrics.countDelivery(WebhookDelivery.REJECTED);
        return Problem.badRequest(code, "The event is refused", detail);
    }
}
