package dev.gatefold.decisionlog;

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows the back office what draft policies would change. */
@Path("/admin/v1/policies")
@RolesAllowed({Caller.SUPPORT, Caller.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
class PolicyDryRunResource {
    private static final int MAX_SAMPLES = 20_000;
    private static final int DEFAULT_DAYS = 7;

    /**
     * A draft policy.
     *
     * @param source slug of the source
     * @param section section that the policy is for; null for the whole source
     */
    record DryRunPolicy(
            @NotNull String source,
            @Size(max = 200) String section,
            @NotNull Policy policy) {}

    /**
     * Draft policies to try together.
     *
     * @param days number of days of 24 hours to look back, within the retention of samples; 7 if null
     */
    record DryRunRequest(
            @NotEmpty @Size(max = 500) List<@NotNull @Valid DryRunPolicy> drafts,
            @Min(1) @Max(366) Integer days) {}

    /**
     * Result of a dry run.
     *
     * @param since instant of the oldest samples
     * @param complete false if there are more samples than were tried; then those tried are a random choice
     */
    record DryRunResponse(Instant since, boolean complete, PolicyDryRun.DryRunResult result) {}

    private final DecisionSamples samples;
    private final CurrentCatalog catalog;
    private final Clock clock;

    PolicyDryRunResource(DecisionSamples samples, CurrentCatalog catalog, Clock clock) {
        this.samples = samples;
        this.catalog = catalog;
        this.clock = clock;
    }

    @POST
    @Path("/dry-run")
    @Operation(
            operationId = "dryRunPolicies",
            summary = "Try draft policies on past decisions",
            description =
                    "Decides the sampled decisions of the drafts' sources again, as if the drafts had always been in "
                            + "force, and counts the differences. Changes nothing.")
    public DryRunResponse dryRun(@NotNull @Valid DryRunRequest request) {
        Catalog current = catalog.get();
        Map<String, Map<String, Policy>> drafts = bySource(request.drafts, current);
        Instant since = since(request);
        List<DecisionSample> tried = samples.find(List.copyOf(drafts.keySet()), since, MAX_SAMPLES);
        return new DryRunResponse(
                since, tried.size() < MAX_SAMPLES, PolicyDryRun.run(tried, current, current.withDraftPolicies(drafts)));
    }

    private static Map<String, Map<String, Policy>> bySource(List<DryRunPolicy> drafts, Catalog current) {
        Map<String, Map<String, Policy>> bySource = new LinkedHashMap<>();
        for (int i = 0; i < drafts.size(); i++) {
            DryRunPolicy draft = drafts.get(i);
            if (current.source(draft.source).isEmpty()) {
                throw Problem.invalid("/drafts/" + i + "/source", "is not the slug of a source");
            }
            String section = draft.section == null ? SectionPath.WHOLE_SOURCE : SectionPath.normalize(draft.section);
            bySource.computeIfAbsent(draft.source, _ -> new LinkedHashMap<>()).put(section, draft.policy);
        }
        return bySource;
    }

    private Instant since(DryRunRequest request) {
        int days = request.days == null ? DEFAULT_DAYS : request.days;
        Instant requested = clock.instant().minus(Duration.ofDays(days));
        Instant retained = samples.retainedSince();
        return requested.isAfter(retained) ? requested : retained;
    }
}
