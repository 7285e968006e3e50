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

/** The HTTP endpoint that receives Stripe's webhooks. */
@Path("/v1/webhooks/stripe")
@RateLimitExempt
@Singleton
@PermitAll
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
class StripeWebhookResource {
    /**
     * The acknowledgement of an event.
     *
     * @param event id of the event
     */
    record ReceivedEvent(String event) {}

    /** Not the mapper of our API, which is stricter than Stripe's events allow. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebhookIngest ingest;
    private final BillingWorker worker;
    private final StripeSecrets secrets;
    private final BillingMetrics metrics;
    private final Clock clock;

    StripeWebhookResource(
            WebhookIngest ingest, BillingWorker worker, StripeSecrets secrets, BillingMetrics metrics, Clock clock) {
        this.ingest = ingest;
        this.worker = worker;
        this.secrets = secrets;
        this.metrics = metrics;
        this.clock = clock;
    }

    @POST
    @Operation(
            operationId = "receiveStripeEvent",
            summary = "Receive a Stripe event",
            description =
                    "Stores the event before responding and handles it afterwards. A repeated delivery has no effect.")
    @APIResponseSchema(value = ReceivedEvent.class, responseDescription = "The event is stored")
    @APIResponse(
            responseCode = "400",
            description = "The signature is invalid or older than five minutes, or the body is not an event")
    @APIResponse(responseCode = "503", description = "The event cannot be stored now; Stripe will deliver it again")
    public ReceivedEvent receive(byte[] received, @RestHeader("Stripe-Signature") String signature) {
        byte[] body = received == null ? new byte[0] : received;
        StripeEventRef event = verified(body, signature);
        metrics.countDelivery(ingest.ingest(event, body) ? WebhookDelivery.NEW : WebhookDelivery.DUPLICATE);
        worker.wake();
        return new ReceivedEvent(event.event());
    }

    private StripeEventRef verified(byte[] body, String signature) {
        try {
            verify(body, signature);
            return StripeEventParser.parse(JSON.readTree(body));
        } catch (IllegalArgumentException e) {
            throw rejected("invalid-event", e.getMessage());
        } catch (IOException e) {
            throw rejected("malformed-json", "The body is not valid JSON");
        }
    }

    private void verify(byte[] body, String header) {
        StripeSignature signature = StripeSignature.parse(header);
        if (!signature.isWithinTolerance(clock.instant())) {
            throw new IllegalArgumentException(
                    "The Stripe-Signature header was signed more than five minutes ago or ahead");
        }
        if (!signature.matches(body, secrets.webhookSecrets())) {
            throw new IllegalArgumentException("The Stripe-Signature header matches no secret of this endpoint");
        }
    }

    private Problem rejected(String code, String detail) {
        metrics.countDelivery(WebhookDelivery.REJECTED);
        return Problem.badRequest(code, "Event rejected", detail);
    }
}
