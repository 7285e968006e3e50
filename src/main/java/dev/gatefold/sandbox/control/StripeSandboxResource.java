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

/** The controls of the Stripe sandbox, at an address that does not change. */
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
    @Operation(summary = "How the Stripe sandbox stands", description = "/dev/stripe/controls")
    public Response look(@RestPath String path, @Context UriInfo uri) {
        return pass("GET", path, uri, null);
    }

    @PUT
    @Path("/{path:.*}")
    @RunOnVirtualThread
    @Operation(
            summary = "Set how the Stripe sandbox behaves",
            description =
                    "controls/webhooks holds, drops, doubles or shuffles deliveries; controls/api fails, slows or "
                            + "stops it; controls/customers/{id}/card lets a card decline")
    public Response set(@RestPath String path, @Context UriInfo uri, byte[] body) {
        return pass("PUT", path, uri, body);
    }

    @POST
    @Path("/{path:.*}")
    @RunOnVirtualThread
    @Operation(
            summary = "Have the Stripe sandbox do something",
            description = "controls/sessions/{id}/pay, decline, pay-with-delay, walk-away; "
                    + "controls/webhooks/release, replay; controls/subscriptions/{id}/dispute and the like")
    public Response act(@RestPath String path, @Context UriInfo uri, byte[] body) {
        return pass("POST", path, uri, body);
    }

    @DELETE
    @Path("/{path:.*}")
    @RunOnVirtualThread
    @Operation(
            summary = "Have the Stripe sandbox forget everything",
            description = "controls; controls/subscriptions forgets subscriptions and all that came of them")
    public Response forget(@RestPath String path, @Context UriInfo uri) {
        return pass("DELETE", path, uri, null);
    }

    private Response pass(String method, String path, UriInfo uri, byte[] body) {
        String query = uri.getRequestUri().getRawQuery();
        HttpResponse<byte[]> answer =
                stripe.send(method, "/" + path + (query == null ? "" : "?" + query), body == null ? new byte[0] : body);
        Response.ResponseBuilder passed = Response.status(answer.statusCode()).entity(answer.body());
        answer.headers().firstValue("Content-Type").ifPresent(type -> passed.header("Content-Type", type));
        answer.headers().firstValue("Location").ifPresent(to -> passed.header("Location", to));
        return passed.build();
    }
}
