package dev.gatefold.privacy;

import dev.gatefold.web.http.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** Endpoint that exports the personal data of the caller. */
@Path("/v1/me/export")
@Singleton
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
final class PersonalDataExportResource {
    private final DataSubjectRequests requests;
    private final SecurityIdentity identity;
    private final Clock clock;

    PersonalDataExportResource(DataSubjectRequests requests, SecurityIdentity identity, Clock clock) {
        this.requests = requests;
        this.identity = identity;
        this.clock = clock;
    }

    /** Returns the personal data of the caller. */
    @GET
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @ResponseHeader(name = "Content-Disposition", value = "attachment; filename=\"gatefold.json\"")
    @Operation(
            operationId = "exportPersonalData",
            summary = "Export the caller's personal data",
            description = "Returns one JSON document with a member for each kind of record. "
                    + "Later versions may add kinds of records and members.")
    @APIResponse(
            responseCode = "200",
            description = "The document",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT, additionalProperties = Schema.True.class)))
    @APIResponse(responseCode = "404", description = "no-account: the caller has no account")
    public Map<String, Object> export() {
        return requests.export(Caller.of(identity).requireReader(), clock.instant());
    }
}
