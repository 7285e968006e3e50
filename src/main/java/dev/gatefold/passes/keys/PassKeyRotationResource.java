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

/** Lets an administrator rotate the keys that sign passes. */
@Path("/admin/v1/pass-keys/rotation")
@Singleton
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
final class PassKeyRotationResource {
    /**
     * The next or present signing key.
     *
     * @param signsFrom when the key starts to sign
     */
    record SuccessorKey(String kid, Instant publishedAt, Instant signsFrom) {}

    private final PassKeyRotation rotation;
    private final Clock clock;

    PassKeyRotationResource(PassKeyRotation rotation, Clock clock) {
        this.rotation = rotation;
        this.clock = clock;
    }

    @POST
    @Operation(
            operationId = "rotatePassKeys",
            summary = "Rotate the pass signing key",
            description =
                    "Publishes a new key, which signs one day later. Returns the announced key if there already is "
                            + "one. The service also rotates its keys by itself, see GATEFOLD_PASSES_KEY_ROTATION_INTERVAL.")
    @APIResponseSchema(value = SuccessorKey.class, responseDescription = "The new key")
    @APIResponse(responseCode = "409", description = "keys-configured: the operator provides the keys")
    public SuccessorKey rotatePassKeys(
            @RestQuery
                    @Parameter(
                            description =
                                    "True if a private key may have leaked. The new key signs at once, the old keys "
                                            + "are no longer published, and every pass issued so far becomes invalid.")
                    boolean compromised) {
        Instant now = clock.instant();
        StoredSigningKey key = compromised ? rotation.replaceAll(now) : rotation.announceSuccessor(now);
        return new SuccessorKey(key.kid, key.publishedAt, key.signsFrom);
    }
}
