package dev.gatefold.passes.revocation;

import dev.gatefold.passes.revocation.PassRevocations.RevocationSnapshot;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Publishes the list of revoked passes to all verifiers. */
@Path("/v1/passes/revocations")
@Singleton
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Passes")
final class PassRevocationsResource {
    private final PassRevocations revocations;
    private final Clock clock;

    PassRevocationsResource(PassRevocations revocations, Clock clock) {
        this.revocations = revocations;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "listPassRevocations",
            summary = "List revoked passes",
            description =
                    "A pass is revoked if its version is lower than the version listed for its sub. Poll every two "
                            + "seconds with If-None-Match: a verifier then knows of every change within five seconds.")
    @APIResponseSchema(RevocationList.class)
    @APIResponse(responseCode = "304", description = "The list has not changed since the ETag in If-None-Match")
    public RestResponse<RevocationList> listPassRevocations(@Context Request request) {
        RevocationSnapshot current = revocations.current(clock.instant());
        EntityTag tag = new EntityTag(current.etag());
        boolean changed = request.evaluatePreconditions(tag) == null;
        return (changed ? ResponseBuilder.ok(current.list()) : ResponseBuilder.<RevocationList>notModified())
                .tag(tag)
                .header("Cache-Control", "public, max-age=2")
                .build();
    }
}
