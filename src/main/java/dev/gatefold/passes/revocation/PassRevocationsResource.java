package dev.gatefold.passes.revocation;

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
            summary = "Which passes are void before they expire",
            description = "A pass is void whose version is lower than the one that stands here beside its sub. Fetched "
                    + "again every two seconds, with the ETag, a change is known everywhere within five.")
    @APIResponseSchema(PassRevocations.RevocationList.class)
    @APIResponse(responseCode = "304", description = "The list still reads as the one with the ETag in If-None-Match")
    public RestResponse<PassRevocations.RevocationList> list(@Context Request request) {
        var known = revocations.current(clock.instant());
        EntityTag tag = new EntityTag(known.etag());
        boolean changed = request.evaluatePreconditions(tag) == null;
        return (changed
                        ? ResponseBuilder.ok(known.listing())
                        : ResponseBuilder.<PassRevocations.RevocationList>notModified())
                .tag(tag)
                .header("Cache-Control", "public, max-age=2")
                .build();
    }
}
