package dev.gatefold.bots;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.kernel.InstantParser;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.SiteConfig;
import dev.gatefold.web.caching.ConditionalGet;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/v1/sources/{slug}/markup")
@PermitAll
@Produces("application/ld+json")
@Tag(name = "Catalog")
final class PaywallMarkupResource {
    private final CurrentCatalog current;
    private final BotsConfig config;
    private final SiteConfig site;
    private final Clock clock;

    PaywallMarkupResource(CurrentCatalog current, BotsConfig config, SiteConfig site, Clock clock) {
        this.current = current;
        this.config = config;
        this.site = site;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "What an article's page is to tell search engines",
            description = "JSON-LD, for a script element of the type application/ld+json; it holds no < that could end "
                    + "the element. What is closed is to be in elements of the class that it names.")
    @APIResponseSchema(PaywallMarkup.class)
    @APIResponse(
            responseCode = "404",
            description = "No title has this slug, or the address is not one of its articles")
    public RestResponse<String> markup(
            @RestPath String slug,
            @RestQuery @NotNull @Parameter(description = "The article's address") String url,
            @RestQuery @Size(max = 200) @Parameter(description = "Where in the title; else the address's folder")
                    String section,
            @RestQuery @Parameter(description = "RFC 3339; what an embargo and an archive go by") String publishedAt,
            @Context Request request) {
        Catalog catalog = current.get();
        Source source = catalog.source(slug).orElseThrow(() -> Problem.notFound("No source has this slug"));
        Article article = catalog.articleByUrl(url, "url").withMetadata(section, published(publishedAt));
        if (!article.source().equals(Optional.of(source))) {
            throw Problem.notFound("The address does not belong to this source");
        }
        return ConditionalGet.respond(request, ScriptSafeJson.toJson(of(catalog, source, article)));
    }

    private PaywallMarkup of(Catalog catalog, Source source, Article article) {
        return PaywallMarkup.of(
                article.name(),
                source.name(),
                gate(catalog, source, article),
                catalog.bestPlanFor(source),
                site.url().getHost(),
                config.cssSelector());
    }

    /** As it is closed now: what has grown old, or is too new, is no less closed than what is for members only. */
    private Gate gate(Catalog catalog, Source source, Article article) {
        Instant now = clock.instant();
        return catalog.rules(source)
                .effectiveRule(article.section(), now)
                .policy()
                .effectiveGate(article.publishedAt(), now);
    }

    private static Instant published(String at) {
        return at == null
                ? null
                : InstantParser.parse(at)
                        .orElseThrow(() ->
                                Problem.invalid("publishedAt", "is not an instant, such as 2026-11-23T10:00:00Z"));
    }
}
