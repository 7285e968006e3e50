package dev.gatefold.catalog.tables;

import dev.gatefold.catalog.tables.CatalogImport.ImportReport;
import dev.gatefold.web.endpoint.MaxRequestBody;
import dev.gatefold.web.http.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/admin/v1")
@MaxRequestBody(16 * 1024 * 1024)
@RolesAllowed(Caller.ADMIN)
@Consumes("text/tab-separated-values")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
final class CatalogImportResource {
    private final CatalogImport catalog;

    CatalogImportResource(CatalogImport catalog) {
        this.catalog = catalog;
    }

    @PUT
    @Path("/sources")
    @Operation(
            summary = "Replace the table of the sources",
            description = "All of it or nothing; a source that is not in it any more is retired. "
                    + "With dryRun=true nothing is changed, and the answer says what would be.")
    public ImportReport sources(@NotNull byte[] table, @RestQuery @DefaultValue("false") boolean dryRun) {
        return catalog.importSources(table, dryRun);
    }

    @PUT
    @Path("/plans")
    @Operation(
            summary = "Replace the table of the plans and their prices",
            description = "All of it or nothing; a plan that is not in it any more is no longer sold, "
                    + "and goes on being honoured. With dryRun=true nothing is changed.")
    public ImportReport plans(@NotNull byte[] table, @RestQuery @DefaultValue("false") boolean dryRun) {
        return catalog.importPlans(table, dryRun);
    }
}
