package dev.gatefold.passes.keys;

import dev.gatefold.web.http.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/admin/v1/pass-keys/rotation")
@Singleton
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
final class PassKeyRotationResource {
    /** The key that takes over. */
    record SuccessorKey(String kid, Instant publishedAt, Instant signsFrom) {}

    private final PassKeyRotation rotation;
    private final Clock clock;

    PassKeyRotationResource(PassKeyRotation rotation, Clock clock) {
        this.rotation = rotation;
        this.clock = clock;
    }

    @POST
    @Operation(
            summary = "Bring in a new key for passes",
            description =
                    "Published now, and signing in a day, unless one is on its way already. Done by itself in time.")
    @APIResponseSchema(value = SuccessorKey.class, responseDescription = "The new key")
    @APIResponse(responseCode = "409", description = "keys-configured")
    public SuccessorKey rotate(
            @RestQuery
                    @Parameter(
                            description =
                                    "Whether somebody may have the old keys: they are published no more, the new one "
                                            + "signs at once, and every pass that was given is void")
                    boolean compromised) {
        Instant now = clock.instant();
        StoredSigningKey key = compromised ? rotation.replaceAll(now) : rotation.announceSuccessor(now);
        return new SuccessorKey(key.kid, key.publishedAt, key.signsFrom);
    }
}
