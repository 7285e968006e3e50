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
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/admin/v1/inbox")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
class InboxResource {
    /** An event and what came of it; its body, which tells of readers, stays in the database. */
    @Schema(name = "InboxEntry")
    record InboxEntry(
            String event,
            String type,
            Instant createdAt,
            Instant receivedAt,
            int deliveries,
            int attempts,
            String subscription,
            InboxOutcome outcome,
            String why,
            Instant handledAt) {}

    /** Which events; all conditions at once, and none is all that are handled. */
    record ReplayFilter(InboxOutcome outcome, Instant from, Instant until) {
        private void verify() {
            if (!isUsual(from) || !isUsual(until)) {
                throw Problem.invalid("/from", "and until lie in the years 2000 to 2200");
            }
        }

        private static boolean isUsual(Instant instant) {
            return instant == null || (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST));
        }
    }

    record ReplayResult(int events) {}

    private static final String EVENT = "[\\w.:-]{1,255}";
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final InboxEntries entries;
    private final BillingWorker worker;

    InboxResource(InboxEntries entries, BillingWorker worker) {
        this.entries = entries;
        this.worker = worker;
    }

    @GET
    @RolesAllowed({Caller.ADMIN, Caller.SUPPORT})
    @Transactional
    @Operation(summary = "Events that came in, the newest first", description = "By outcome, if one is asked for.")
    public ResultPage<InboxEntry> list(
            @RestQuery InboxOutcome outcome,
            @RestQuery Integer limit,
            @RestQuery @Pattern(regexp = EVENT) String after) {
        int most = ResultPage.limit(limit);
        var found = entries.page(outcome, after, most + 1);
        String path = "/admin/v1/inbox" + (outcome == null ? "?" : "?outcome=" + outcome + "&");
        return ResultPage.ofLookahead(found, InboxEntry::event, most, path);
    }

    @POST
    @Path("/{event}/replay")
    @RolesAllowed(Caller.ADMIN)
    @Operation(summary = "Have an event handled again", description = "It is fetched anew, and waits its turn.")
    @APIResponseSchema(value = ReplayResult.class, responseDescription = "How many will be handled again")
    @APIResponse(responseCode = "404", description = "No event has this id")
    public ReplayResult replay(@RestPath @Pattern(regexp = EVENT) String event) {
        int replayed = entries.replay(event);
        if (replayed == 0) {
            throw Problem.notFound("No event has this id");
        }
        worker.wake();
        return new ReplayResult(replayed);
    }

    @POST
    @Path("/replay")
    @RolesAllowed(Caller.ADMIN)
    @Operation(summary = "Have a range of events handled again", description = "By outcome, and by when they came in.")
    @APIResponseSchema(value = ReplayResult.class, responseDescription = "How many will be handled again")
    public ReplayResult replayAll(@NotNull ReplayFilter range) {
        range.verify();
        int replayed = entries.replay(range);
        worker.wake();
        return new ReplayResult(replayed);
    }
}
