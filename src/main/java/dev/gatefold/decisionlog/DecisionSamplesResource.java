package dev.gatefold.decisionlog;

import dev.gatefold.kernel.Problem;
import dev.gatefold.web.http.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Shows sampled decisions to the back office. */
@Path("/admin/v1/decisions")
@RolesAllowed({Caller.SUPPORT, Caller.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
class DecisionSamplesResource {
    private final DecisionSamples samples;

    DecisionSamplesResource(DecisionSamples samples) {
        this.samples = samples;
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getDecisionSample",
            summary = "Get a sampled decision",
            description =
                    "Returns a decision and its input by the Decision-Id of the response, under a pseudonym of the "
                            + "reader. Not all decisions are sampled.")
    @APIResponseSchema(DecisionSample.class)
    @APIResponse(responseCode = "404", description = "The decision was not sampled, or the sample is deleted")
    public DecisionSample sample(@RestPath UUID id) {
        return samples.find(id).orElseThrow(() -> Problem.notFound("There is no sample of this decision"));
    }
}
