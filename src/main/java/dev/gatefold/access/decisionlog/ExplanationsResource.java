package dev.gatefold.access.decisionlog;

import dev.gatefold.access.decide.AccessDecider;
import dev.gatefold.access.decide.AccessQuery;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.Reader;
import dev.gatefold.access.decide.RequestContext;
import dev.gatefold.access.http.ArticleRef;
import dev.gatefold.access.http.DecisionCacheHeaders;
import dev.gatefold.access.http.ReaderResolver;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.CountryCodes;
import dev.gatefold.kernel.InstantParser;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.http.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/admin/v1/access")
@RolesAllowed({Caller.SUPPORT, Caller.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
class ExplanationsResource {
    private final AccessDecider turnstile;
    private final CurrentCatalog catalog;
    private final Clock clock;

    ExplanationsResource(AccessDecider turnstile, CurrentCatalog catalog, Clock clock) {
        this.turnstile = turnstile;
        this.catalog = catalog;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "May this reader open this article, at any instant, and why?",
            description = "By what is written today of the rules and of what the reader holds, past or to come. "
                    + "Nothing is counted, and nothing is told to the reader.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Decision.class)))
    public RestResponse<Decision> explain(
            @RestQuery @Parameter(description = "Of the reader; a visitor without a token, if missing") String issuer,
            @RestQuery String subject,
            @RestQuery String url,
            @RestQuery String source,
            @RestQuery String article,
            @RestQuery String section,
            @RestQuery String publishedAt,
            @RestQuery @Parameter(description = "Where the reader is: ISO 3166-1") String country,
            @RestQuery @Parameter(description = "RFC 3339; now, if missing") String at) {
        Instant now = clock.instant();
        Article asked = new ArticleRef(url, source, article, section, publishedAt).resolve(catalog.get(), "");
        Reader reader = new Reader(
                subject == null && issuer == null
                        ? Optional.empty()
                        : Optional.of(ReaderResolver.parseIdentity(issuer, subject)),
                Optional.empty());
        Optional<String> where = Optional.ofNullable(country).flatMap(CountryCodes::find);
        if (country != null && where.isEmpty()) {
            throw Problem.invalid("country", "is not a country's code (ISO 3166-1)");
        }
        AccessQuery enquiry = new AccessQuery(
                reader, List.of(asked), RequestContext.forExplanation(where), at == null ? now : instant(at));
        return DecisionCacheHeaders.notStored(turnstile.explainAt(enquiry, now));
    }

    private static Instant instant(String at) {
        return InstantParser.parse(at)
                .orElseThrow(() -> Problem.invalid("at", "is not an instant, such as 2026-11-23T10:00:00Z"));
    }
}
