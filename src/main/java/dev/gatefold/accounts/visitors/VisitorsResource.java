package dev.gatefold.accounts.visitors;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path("/v1/visitors")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
final class VisitorsResource {
    private final VisitorTokens visitors;
    private final Clock clock;

    VisitorsResource(VisitorTokens visitors, Clock clock) {
        this.visitors = visitors;
        this.clock = clock;
    }

    @POST
    @ResponseStatus(201)
    @APIResponse(
            responseCode = "201",
            description = "The token, and when it ends",
            content = @Content(schema = @Schema(implementation = VisitorTokens.VisitorToken.class)))
    @Operation(
            summary = "A token for a reader who has not signed up",
            description =
                    "To be sent as X-Visitor with every question, and once with the sign-up. Where very many come "
                            + "from one part of the network, the later ones are asked to sign up for what is metered.")
    public VisitorTokens.VisitorToken create(@Context HttpServerRequest request) {
        return visitors.issue(request.remoteAddress().hostAddress(), clock.instant());
    }
}
