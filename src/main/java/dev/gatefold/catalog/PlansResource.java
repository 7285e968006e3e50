package dev.gatefold.catalog;

import dev.gatefold.catalog.model.Plan;
import dev.gatefold.web.caching.ConditionalGet;
import dev.gatefold.web.http.ResultPage;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Endpoint for the plans that are for sale. */
@Path("/v1/plans")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Catalog")
final class PlansResource {
    private final CurrentCatalog current;

    PlansResource(CurrentCatalog current) {
        this.current = current;
    }

    /** Returns a page of the plans for sale. */
    @GET
    @Operation(
            operationId = "listPlans",
            summary = "List plans",
            description = "Returns the plans that are for sale, with their prices, sorted by slug.")
    public RestResponse<ResultPage<Plan>> list(
            @RestQuery Integer limit, @RestQuery @Size(max = 80) String after, @Context Request request) {
        Catalog catalog = current.get();
        return ConditionalGet.respond(
                request,
                catalog.revision(),
                () -> ResultPage.of(catalog.plans(), Plan::slug, after, limit, "/v1/plans"));
    }
}
