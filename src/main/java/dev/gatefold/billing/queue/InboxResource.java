package dev.gatefold.billing.queue;

import dev.gatefold.kernel.Problem;
import dev.gatefold.web.http.Caller;
import dev.gatefold.web.http.ResultPage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The HTTP endpoints with which operators list and replay events. */
@Path("/admin/v1/inbox")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
class InboxResource {
    /**
     * The result of a replay.
     *
     * @param events how many events will be handled again
     */
    record ReplayResult(int events) {}

    private static final String EVENT = "[\\w.:-]{1,255}";

    private final InboxEntries entries;
    private final BillingWorker worker;

    InboxResource(InboxEntries entries, BillingWorker worker) {
        this.entries = entries;
        this.worker = worker;
    }

    @GET
    @RolesAllowed({Caller.ADMIN, Caller.SUPPORT})
    @Transactional
    @Operation(
            operationId = "listInboxEvents",
            summary = "List received billing events",
            description = "Returns events newest first, optionally only those with one outcome.")
    public ResultPage<InboxEntry> list(
            @RestQuery InboxOutcome outcome,
            @RestQuery Integer limit,
            @RestQuery @Pattern(regexp = EVENT) String after) {
        int pageSize = ResultPage.limit(limit);
        var found = entries.page(outcome, after, pageSize + 1);
        String path = "/admin/v1/inbox" + (outcome == null ? "?" : "?outcome=" + outcome + "&");
        return ResultPage.ofLookahead(found, InboxEntry::event, pageSize, path);
    }

    @POST
    @Path("/{event}/replay")
    @RolesAllowed(Caller.ADMIN)
    @Operation(
            operationId = "replayInboxEvent",
            summary = "Replay an event",
            description = "Queues a handled event again. The worker fetches the current state from the provider.")
    @APIResponseSchema(value = ReplayResult.class, responseDescription = "The number of queued events")
    @APIResponse(responseCode = "404", description = "No handled event has this id")
    public ReplayResult replay(@RestPath @Pattern(regexp = EVENT) String event) {
        int replayed = entries.replay(event);
        if (replayed == 0) {
            throw Problem.notFound("No handled event has this id");
        }
        worker.wake();
        return new ReplayResult(replayed);
    }

    @POST
    @Path("/replay")
    @RolesAllowed(Caller.ADMIN)
    @Operation(
            operationId = "replayInboxEvents",
            summary = "Replay events",
            description = "Queues the handled events again that match all given conditions.")
    @APIResponseSchema(value = ReplayResult.class, responseDescription = "The number of queued events")
    public ReplayResult replayAll(@NotNull ReplayFilter filter) {
        filter.requireValid();
        int replayed = entries.replay(filter);
        worker.wake();
        return new ReplayResult(replayed);
    }
}
