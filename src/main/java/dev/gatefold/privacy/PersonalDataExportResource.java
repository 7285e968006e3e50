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

@Path("/v1/me/export")
@Singleton
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
final class PersonalDataExportResource {
    private final DataSubjectRequests personalData;
    private final SecurityIdentity identity;
    private final Clock clock;

    PersonalDataExportResource(DataSubjectRequests personalData, SecurityIdentity identity, Clock clock) {
        this.personalData = personalData;
        this.identity = identity;
        this.clock = clock;
    }

    @GET
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @ResponseHeader(name = "Content-Disposition", value = "attachment; filename=\"gatefold.json\"")
    @Operation(
            summary = "All that is kept of the caller",
            description =
                    "One document, with a member for each kind of record. It is made for people to read and keep: "
                            + "kinds and their members may be added.")
    @APIResponse(
            responseCode = "200",
            description = "The document",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT, additionalProperties = Schema.True.class)))
    @APIResponse(responseCode = "404", description = "no-account")
    public Map<String, Object> export() {
        return personalData.export(Caller.of(identity).requireReader(), clock.instant());
    }
}
