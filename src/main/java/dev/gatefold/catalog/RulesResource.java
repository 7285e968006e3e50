package dev.gatefold.catalog;

import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.catalog.rules.RuleDraft;
import dev.gatefold.catalog.rules.RuleRepository;
import dev.gatefold.catalog.rules.SourceRules;
import dev.gatefold.catalog.rules.TerritoryRequirement;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.caching.IfMatch;
import dev.gatefold.web.http.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Back-office endpoints for the access rules of a source. */
@Path("/admin/v1/sources/{slug}/rules")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
final class RulesResource {
    /** All rules of a source: past, effective, planned and withdrawn. */
    @Schema(name = "RuleList")
    record RuleList(List<Rule> items) {}

    private final CurrentCatalog current;
    private final RuleRepository rules;
    private final TerritoryRequirement territoryRequirement;
    private final Clock clock;

    RulesResource(
            CurrentCatalog current, RuleRepository rules, TerritoryRequirement territoryRequirement, Clock clock) {
        this.current = current;
        this.rules = rules;
        this.territoryRequirement = territoryRequirement;
        this.clock = clock;
    }

    /** Returns all rules of a source. */
    @GET
    @RolesAllowed({Caller.SUPPORT, Caller.ADMIN})
    @Operation(
            operationId = "listRules",
            summary = "List the rules of a source",
            description = "Returns past, effective, planned and withdrawn rules in the order of creation. "
                    + "Send the ETag as If-Match to create or withdraw a rule.")
    public RestResponse<RuleList> list(@RestPath String slug) {
        SourceRules rules = rulesOf(slug);
        return RestResponse.ResponseBuilder.ok(new RuleList(rules.all()))
                .header(HttpHeaders.ETAG, IfMatch.etag(rules.revision()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** Creates a rule. */
    @POST
    @ResponseStatus(201)
    @Operation(
            operationId = "createRule",
            summary = "Create a rule",
            description = "Applies to the source or to one of its sections, from now or from a later instant, with or "
                    + "without an end. Existing rules are not changed. Of the effective rules, those of the innermost "
                    + "section of an article apply; of several, the one that began last.")
    @APIResponseSchema(
            value = Rule.class,
            responseCode = "201",
            responseDescription = "The rule; Location contains its URL")
    @APIResponse(responseCode = "412", description = "The rules have changed since the ETag in If-Match")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public RestResponse<Rule> create(
            @RestPath String slug,
            @RestHeader("If-Match") @Parameter(required = true) String ifMatch,
            @NotNull RuleDraft draft) {
        Instant now = clock.instant();
        SourceRules before = rulesOf(slug);
        Rule rule = draft.toRule(before.all().size() + 1, now, "");
        territoryRequirement.check(rule.policy(), "/policy/territories");
        int version = rules.add(slug, IfMatch.parseRevision(ifMatch), rule);
        current.load();
        SourceRules after = rulesOf(slug);
        return RestResponse.ResponseBuilder.<Rule>created(URI.create("/admin/v1/sources/" + slug + "/rules/" + version))
                .header(HttpHeaders.ETAG, IfMatch.etag(after.revision()))
                .entity(after.version(version).orElseThrow())
                .build();
    }

    /** Returns one rule. */
    @GET
    @Path("/{version}")
    @RolesAllowed({Caller.SUPPORT, Caller.ADMIN})
    @Operation(
            operationId = "getRule",
            summary = "Get a rule",
            description = "Identified by its version, which counts the rules of the source from 1.")
    public Rule get(@RestPath String slug, @RestPath int version) {
        return rulesOf(slug)
                .version(version)
                .orElseThrow(() -> Problem.notFound("The source has no rule with this version"));
    }

    /** Withdraws a rule. */
    @DELETE
    @Path("/{version}")
    @Operation(
            operationId = "withdrawRule",
            summary = "Withdraw a rule",
            description = "Ends the rule now; the remaining rules apply. A withdrawn rule is still listed.")
    @APIResponse(responseCode = "204", description = "The rule is withdrawn")
    @APIResponse(
            responseCode = "409",
            description = "rule-fixed: the rule has ended, or comes from the import of sources")
    @APIResponse(responseCode = "412", description = "The rules have changed since the ETag in If-Match")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public void withdraw(
            @RestPath String slug,
            @RestPath int version,
            @RestHeader("If-Match") @Parameter(required = true) String ifMatch) {
        Rule rule = get(slug, version);
        rules.withdraw(slug, IfMatch.parseRevision(ifMatch), rule.version(), clock.instant());
        current.load();
    }

    private SourceRules rulesOf(String slug) {
        Catalog catalog = current.get();
        return catalog.source(slug)
                .map(catalog::rules)
                .orElseThrow(() -> Problem.notFound("There is no source with this slug"));
    }
}
