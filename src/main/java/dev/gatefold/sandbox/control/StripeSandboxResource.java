package dev.gatefold.sandbox.control;

import dev.gatefold.web.endpoint.RateLimitExempt;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.http.HttpResponse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Forwards requests to the Stripe sandbox, whose own port can change. */
@Path("/dev/stripe")
@RateLimitExempt
@Singleton
@PermitAll
@Consumes(MediaType.WILDCARD)
@Tag(name = "Development")
class StripeSandboxResource {
    private final StripeSandboxClient stripe;

    StripeSandboxResource(StripeSandboxClient stripe) {
        this.stripe = stripe;
    }

    @GET
    @Path("/{path:.*}")
    @RunOnVirtualThread
    @Operation(
            operationId = "getStripeSandbox",
            summary = "Retrieve the state of the Stripe sandbox",
            description = "GET /dev/stripe/controls returns the clock, the settings, and the numbers of objects and"
                    + " events. Development only.")
    public Response show(@RestPath String path, @Context UriInfo uri) {
        return forward("GET", path, uri, null);
    }

    @PUT
    @Path("/{path:.*}")
    @RunOnVirtualThread
    @Operation(
            operationId = "configureStripeSandbox",
            summary = "Change the behavior of the Stripe sandbox",
            description =
                    "controls/webhooks holds, drops, duplicates or shuffles deliveries. controls/api makes the API fail,"
                            + " slow or unreachable. controls/customers/{id}/card replaces the payment method of a customer."
                            + " Development only.")
    public Response set(@RestPath String path, @Context UriInfo uri, byte[] body) {
        return forward("PUT", path, uri, body);
    }

    @POST
    @Path("/{path:.*}")
    @RunOnVirtualThread
    @Operation(
            operationId = "runStripeSandboxAction",
            summary = "Run an action in the Stripe sandbox",
            description = "controls/sessions/{id}/ACTION with pay, decline, pay-with-delay or walk-away;"
                    + " controls/webhooks/release or replay; controls/subscriptions/{id}/ACTION with refund, dispute,"
                    + " cancel and others. Development only.")
    public Response perform(@RestPath String path, @Context UriInfo uri, byte[] body) {
        return forward("POST", path, uri, body);
    }

    @DELETE
    @Path("/{path:.*}")
    @RunOnVirtualThread
    @Operation(
            operationId = "resetStripeSandbox",
            summary = "Reset the Stripe sandbox",
            description = "DELETE /dev/stripe/controls deletes all objects and settings except the webhook URL."
                    + " controls/subscriptions deletes subscriptions, Checkout sessions, payments and events, but keeps"
                    + " customers, products and prices. Development only.")
    public Response reset(@RestPath String path, @Context UriInfo uri) {
        return forward("DELETE", path, uri, null);
    }

    private Response forward(String method, String path, UriInfo uri, byte[] body) {
        String query = uri.getRequestUri().getRawQuery();
        HttpResponse<byte[]> response =
                stripe.send(method, "/" + path + (query == null ? "" : "?" + query), body == null ? new byte[0] : body);
        Response.ResponseBuilder forwarded =
                Response.status(response.statusCode()).entity(response.body());
        response.headers().firstValue("Content-Type").ifPresent(type -> forwarded.header("Content-Type", type));
        response.headers().firstValue("Location").ifPresent(to -> forwarded.header("Location", to));
        return forwarded.build();
    }
}
