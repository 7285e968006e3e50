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

/** Endpoint that issues visitor tokens. */
@Path("/v1/visitors")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
final class VisitorsResource {
    private final VisitorTokens tokens;
    private final Clock clock;

    VisitorsResource(VisitorTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Issues a visitor token. */
    @POST
    @ResponseStatus(201)
    @Operation(
            operationId = "createVisitor",
            summary = "Create a visitor token",
            description =
                    "Issues a token for a reader without account. Send it as X-Visitor with every access request and "
                            + "with the sign-up. If too many tokens are requested from one network, the visitors of further "
                            + "tokens must sign up to read metered articles.")
    @APIResponse(
            responseCode = "201",
            description = "The token and its expiration time",
            content = @Content(schema = @Schema(implementation = VisitorTokens.VisitorToken.class)))
    public VisitorTokens.VisitorToken create(@Context HttpServerRequest request) {
        return tokens.issue(request.remoteAddress().hostAddress(), clock.instant());
    }
}
