package dev.gatefold.access.decisionlog;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.SectionPath;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.http.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/admin/v1")
@RolesAllowed({Caller.SUPPORT, Caller.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
class PolicyDryRunResource {
    private static final int MOST_TRIED = 20_000;
    private static final int USUAL_DAYS = 7;

    /** A policy that may come to be, for a source or a section of it. */
    record DryRunPolicy(
            @NotNull String source,
            @Size(max = 200) String section,
            @NotNull Policy policy) {}

    /**
     * Policies that belong together.
     *
     * @param days how far back to look, as far as decisions are kept; 7 unless said
     */
    record DryRunRequest(
            @NotEmpty @Size(max = 500) List<@NotNull @Valid DryRunPolicy> drafts,
            @Min(1) @Max(366) Integer days) {}

    /** @param complete false where there are more decisions than were tried; then some were, drawn from the whole span */
    record DryRunResponse(Instant since, boolean complete, PolicyDryRun.DryRunResult result) {}

    private final DecisionSamples precedents;
    private final CurrentCatalog catalog;
    private final Clock clock;

    PolicyDryRunResource(DecisionSamples precedents, CurrentCatalog catalog, Clock clock) {
        this.precedents = precedents;
        this.catalog = catalog;
        this.clock = clock;
    }

    @POST
    @Path("/policies/dry-run")
    @Operation(
            summary = "What would other policies have made of the last days' decisions?",
            description = "Rules again over the recorded decisions of the sources that the drafts are for, as if the "
                    + "drafts had always held. Not every decision is recorded; those that are stand for the others. "
                    + "Nothing is changed.")
    public DryRunResponse dryRun(@NotNull @Valid DryRunRequest wanted) {
        Catalog today = catalog.get();
        Map<String, Map<String, Policy>> drafts = new LinkedHashMap<>();
        for (int i = 0; i < wanted.drafts.size(); i++) {
            DryRunPolicy draft = wanted.drafts.get(i);
            if (today.source(draft.source).isEmpty()) {
                throw Problem.invalid("/drafts/" + i + "/source", "is not the slug of a source");
            }
            drafts.computeIfAbsent(draft.source, _ -> new LinkedHashMap<>())
                    .put(
                            draft.section == null ? SectionPath.WHOLE_SOURCE : SectionPath.normalize(draft.section),
                            draft.policy);
        }
        int days = wanted.days == null ? USUAL_DAYS : wanted.days;
        Instant wished = clock.instant().minus(Duration.ofDays(days));
        Instant since = wished.isAfter(precedents.retainedSince()) ? wished : precedents.retainedSince();
        List<DecisionSample> tried = precedents.find(List.copyOf(drafts.keySet()), since, MOST_TRIED);
        return new DryRunResponse(
                since, tried.size() < MOST_TRIED, PolicyDryRun.run(tried, today, today.withDraftPolicies(drafts)));
    }

    @GET
    @Path("/decisions/{id}")
    @Operation(
            summary = "A decision as it was made, and what it was made of",
            description = "By the Decision-Id of an answer; under a pseudonym, and only if it was recorded.")
    @APIResponseSchema(DecisionSample.class)
    @APIResponse(responseCode = "404", description = "It was not recorded, or is no longer kept")
    public DecisionSample sample(@RestPath UUID id) {
        return precedents.find(id).orElseThrow(() -> Problem.notFound("No such decision is recorded"));
    }
}
