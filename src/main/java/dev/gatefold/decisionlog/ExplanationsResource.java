package dev.gatefold.decisionlog;

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

/** Explains decisions on any reader to the back office. */
@Path("/admin/v1/access")
@RolesAllowed({Caller.SUPPORT, Caller.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Back office")
class ExplanationsResource {
    private final AccessDecider decider;
    private final CurrentCatalog catalog;
    private final Clock clock;

    ExplanationsResource(AccessDecider decider, CurrentCatalog catalog, Clock clock) {
        this.decider = decider;
        this.catalog = catalog;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "explainAccess",
            summary = "Explain access of a reader to an article",
            description = "Decides at any instant, past or future, by the rules and entitlements that are stored now. "
                    + "Counts nothing.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Decision.class)))
    public RestResponse<Decision> explain(
            @RestQuery @Parameter(description = "Issuer of the reader; without it, a visitor without a token")
                    String issuer,
            @RestQuery @Parameter(description = "Subject of the reader") String subject,
            @RestQuery String url,
            @RestQuery String source,
            @RestQuery String article,
            @RestQuery String section,
            @RestQuery String publishedAt,
            @RestQuery @Parameter(description = "Country of the reader, ISO 3166-1 alpha-2") String country,
            @RestQuery @Parameter(description = "Instant of the decision, RFC 3339; by default now") String at) {
        Instant now = clock.instant();
        Article requested = new ArticleRef(url, source, article, section, publishedAt).resolve(catalog.get(), "");
        AccessQuery query = new AccessQuery(
                reader(issuer, subject),
                List.of(requested),
                RequestContext.forExplanation(parseCountry(country)),
                at == null ? now : parseInstant(at));
        return DecisionCacheHeaders.notStored(decider.explainAt(query, now));
    }

    private static Reader reader(String issuer, String subject) {
        return new Reader(
                subject == null && issuer == null
                        ? Optional.empty()
                        : Optional.of(ReaderResolver.parseIdentity(issuer, subject)),
                Optional.empty());
    }

    private static Optional<String> parseCountry(String code) {
        Optional<String> country = Optional.ofNullable(code).flatMap(CountryCodes::find);
        if (code != null && country.isEmpty()) {
            throw Problem.invalid("country", "is not an ISO 3166-1 alpha-2 country code");
        }
        return country;
    }

    private static Instant parseInstant(String at) {
        return InstantParser.parse(at)
                .orElseThrow(() -> Problem.invalid("at", "is not an RFC 3339 instant such as 2026-11-23T10:00:00Z"));
    }
}
