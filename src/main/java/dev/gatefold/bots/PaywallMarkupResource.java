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

/** Serves the structured data that a publisher puts on an article's page for search engines. */
@Path("/v1/sources/{slug}/markup")
@PermitAll
@Produces("application/ld+json")
@Tag(name = "Catalog")
final class PaywallMarkupResource {
    private final CurrentCatalog currentCatalog;
    private final BotsConfig config;
    private final SiteConfig site;
    private final Clock clock;

    PaywallMarkupResource(CurrentCatalog currentCatalog, BotsConfig config, SiteConfig site, Clock clock) {
        this.currentCatalog = currentCatalog;
        this.config = config;
        this.site = site;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "getPaywallMarkup",
            summary = "Get the paywall markup of an article",
            description = "Returns JSON-LD for a script element of type application/ld+json. It contains no <, so it "
                    + "cannot end the element. Put the paywalled content into elements that match its cssSelector.")
    @APIResponseSchema(PaywallMarkup.class)
    @APIResponse(responseCode = "404", description = "No source has this slug, or the URL does not belong to it")
    public RestResponse<String> getPaywallMarkup(
            @RestPath String slug,
            @RestQuery @NotNull @Parameter(description = "URL of the article") String url,
            @RestQuery
                    @Size(max = 200)
                    @Parameter(description = "Section of the source; by default the path of the URL decides")
                    String section,
            @RestQuery
                    @Parameter(description = "Publication time (RFC 3339), for policies with an embargo or an archive")
                    String publishedAt,
            @Context Request request) {
        Catalog catalog = currentCatalog.get();
        Source source = catalog.source(slug).orElseThrow(() -> Problem.notFound("No source has this slug"));
        Article article = catalog.articleByUrl(url, "url").withMetadata(section, parse(publishedAt));
        if (!article.source().equals(Optional.of(source))) {
            throw Problem.notFound("The URL does not belong to this source");
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

    /** Returns the gate that applies now, which depends on the age of the article if there is an embargo or an archive. */
    private Gate gate(Catalog catalog, Source source, Article article) {
        Instant now = clock.instant();
        return catalog.rules(source)
                .effectiveRule(article.section(), now)
                .policy()
                .effectiveGate(article.publishedAt(), now);
    }

    private static Instant parse(String publishedAt) {
        return publishedAt == null
                ? null
                : InstantParser.parse(publishedAt)
                        .orElseThrow(() ->
                                Problem.invalid("publishedAt", "must be an instant, such as 2026-11-23T10:00:00Z"));
    }
}
