package dev.gatefold.billing.queue;

import dev.gatefold.web.http.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP endpoint with which operators start a reconciliation. */
@Path("/admin/v1/reconciliation")
@Singleton
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
class ReconciliationResource {
    private final Reconciler reconciler;

    ReconciliationResource(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    @POST
    @RunOnVirtualThread
    @Operation(
            operationId = "runReconciliation",
            summary = "Run a reconciliation",
            description = "Compares all subscriptions with the billing provider and records what differs. Also runs at "
                    + "start-up and at regular intervals. The response is sent when the run has finished.")
    @APIResponseSchema(value = ReconciliationReport.class, responseDescription = "The result of the run")
    @APIResponse(responseCode = "409", description = "reconciliation-running")
    public ReconciliationReport run() {
        return reconciler.run();
    }
}
