package dev.gatefold.catalog.tables;

import dev.gatefold.catalog.PlansImported;
import dev.gatefold.web.endpoint.MaxRequestBody;
import dev.gatefold.web.http.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Event;
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

/** Back-office endpoints that replace the sources and the plans. */
@Path("/admin/v1")
@MaxRequestBody(16 * 1024 * 1024)
@RolesAllowed(Caller.ADMIN)
@Consumes("text/tab-separated-values")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
final class CatalogImportResource {
    private final CatalogImport catalogImport;
    private final Event<PlansImported> plansImported;

    CatalogImportResource(CatalogImport catalogImport, Event<PlansImported> plansImported) {
        this.catalogImport = catalogImport;
        this.plansImported = plansImported;
    }

    /** Replaces all sources. */
    @PUT
    @Path("/sources")
    @Operation(
            operationId = "importSources",
            summary = "Import sources",
            description =
                    "Replaces all sources by the rows of the file. Sources that it does not contain are retired. "
                            + "If any line has an error, nothing changes. With dryRun=true the file is only validated and compared.")
    public ImportReport importSources(@NotNull byte[] table, @RestQuery @DefaultValue("false") boolean dryRun) {
        return catalogImport.importSources(table, dryRun);
    }

    /** Replaces all plans and their prices. */
    @PUT
    @Path("/plans")
    @Operation(
            operationId = "importPlans",
            summary = "Import plans and prices",
            description =
                    "Replaces all plans by the rows of the file. Plans that it does not contain are no longer sold; "
                            + "existing entitlements to them continue. The payment provider's prices are compared and, where "
                            + "they differ, shown instead. If any line has an error, nothing changes. "
                            + "With dryRun=true the file is only validated and compared.")
    public ImportReport importPlans(@NotNull byte[] table, @RestQuery @DefaultValue("false") boolean dryRun) {
        ImportReport report = catalogImport.importPlans(table, dryRun);
        if (!dryRun) {
            plansImported.fire(new PlansImported());
        }
        return report;
    }
}
