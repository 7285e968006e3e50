package dev.gatefold.catalog;

import dev.gatefold.catalog.rules.ClientCountry;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.catalog.rules.RuleDraft;
import dev.gatefold.catalog.rules.RuleRepository;
import dev.gatefold.catalog.rules.SourceRules;
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

@Path("/admin/v1/sources/{slug}/rules")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
final class RulesResource {
    /** Every rule that a source has had, has and will have. */
    @Schema(name = "RuleList")
    record RuleList(List<Rule> items) {}

    private final CurrentCatalog current;
    private final RuleRepository rules;
    private final ClientCountry whereabouts;
    private final Clock clock;

    RulesResource(CurrentCatalog current, RuleRepository rules, ClientCountry whereabouts, Clock clock) {
        this.current = current;
        this.rules = rules;
        this.whereabouts = whereabouts;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Caller.SUPPORT, Caller.ADMIN})
    @Operation(
            summary = "The rules of a source, past, present and planned",
            description = "In the order in which they were made. The ETag is what a change is to be sent with.")
    public RestResponse<RuleList> list(@RestPath String slug) {
        SourceRules rules = rulesOf(slug);
        return RestResponse.ResponseBuilder.ok(new RuleList(rules.all()))
                .header(HttpHeaders.ETAG, IfMatch.etag(rules.revision()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Make a rule, from now or from an instant to come",
            description = "For a source or for a section of it, with or without an end. Nothing is overwritten: of the "
                    + "rules that hold for the longest prefix of an article's section, the one that began last counts.")
    @APIResponseSchema(value = Rule.class, responseCode = "201", responseDescription = "The rule; Location leads to it")
    @APIResponse(responseCode = "412", description = "The rules have changed since the ETag in If-Match")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public RestResponse<Rule> make(
            @RestPath String slug,
            @RestHeader("If-Match") @Parameter(required = true) String ifMatch,
            @NotNull RuleDraft draft) {
        Instant now = clock.instant();
        SourceRules before = rulesOf(slug);
        Rule rule = draft.toRule(before.all().size() + 1, now, "");
        whereabouts.requireHeaderFor(rule.policy(), "/policy/territories");
        int version = rules.add(slug, IfMatch.parseRevision(ifMatch), rule);
        current.load();
        SourceRules after = rulesOf(slug);
        return RestResponse.ResponseBuilder.<Rule>created(URI.create("/admin/v1/sources/" + slug + "/rules/" + version))
                .header(HttpHeaders.ETAG, IfMatch.etag(after.revision()))
                .entity(after.version(version).orElseThrow())
                .build();
    }

    @GET
    @Path("/{version}")
    @RolesAllowed({Caller.SUPPORT, Caller.ADMIN})
    @Operation(summary = "One rule", description = "By its number, which counts the rules of its source.")
    public Rule one(@RestPath String slug, @RestPath int version) {
        return rulesOf(slug).version(version).orElseThrow(RulesResource::noSuchRule);
    }

    @DELETE
    @Path("/{version}")
    @Operation(
            summary = "Take a rule back",
            description = "From now on it does not hold, and what holds beside it counts; what it was stays written.")
    @APIResponse(responseCode = "204", description = "It no longer holds")
    @APIResponse(responseCode = "409", description = "It has ended already, or the table of the sources says so")
    public void withdraw(
            @RestPath String slug,
            @RestPath int version,
            @RestHeader("If-Match") @Parameter(required = true) String ifMatch) {
        Rule rule = one(slug, version);
        rules.withdraw(slug, IfMatch.parseRevision(ifMatch), rule.version(), clock.instant());
        current.load();
    }

    private SourceRules rulesOf(String slug) {
        Catalog catalog = current.get();
        return catalog.source(slug).map(catalog::rules).orElseThrow(() -> Problem.notFound("No source has this slug"));
    }

    private static Problem noSuchRule() {
        return Problem.notFound("The source has no rule of this number");
    }
}
