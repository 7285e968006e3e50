package dev.gatefold.access;

import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Country;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Times;
import dev.gatefold.web.Caller;
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
    private final Turnstile turnstile;
    private final CurrentCatalog catalog;
    private final Clock clock;

    ExplanationsResource(Turnstile turnstile, CurrentCatalog catalog, Clock clock) {
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
        Article asked = new ArticleAsked(url, source, article, section, publishedAt).in(catalog.get(), "");
        Reader reader = new Reader(
                subject == null && issuer == null ? Optional.empty() : Optional.of(Asking.identity(issuer, subject)),
                Optional.empty());
        Optional<String> where = Optional.ofNullable(country).flatMap(Country::find);
        if (country != null && where.isEmpty()) {
            throw Problem.invalid("country", "is not a country's code (ISO 3166-1)");
        }
        Enquiry enquiry =
                new Enquiry(reader, List.of(asked), Circumstances.imagined(where), at == null ? now : instant(at));
        return Revalidation.unstored(turnstile.imagine(enquiry, now));
    }

    private static Instant instant(String at) {
        return Times.parse(at)
                .orElseThrow(() -> Problem.invalid("at", "is not an instant, such as 2026-11-23T10:00:00Z"));
    }
}
