package dev.gatefold.sandbox.demo;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.wall.ArticlePageAccess;
import dev.gatefold.pages.wall.ArticlePageContext;
import dev.gatefold.pages.wall.Teaser;
import dev.gatefold.pages.wall.TeaserBadge;
import dev.gatefold.pages.wall.WallPages;
import dev.gatefold.sandbox.demo.DemoStories.DemoStory;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** A small news site: a front page of teasers with badges, and articles behind the paywall. */
@Path("/reader")
@HtmlErrors
@RateLimitExempt
@Singleton
@PermitAll
class DemoSiteResource {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
            .withLocale(Locale.UK)
            .withZone(ZoneOffset.UTC);

    /** A story on the front page. */
    record DemoTeaser(String source, String language, Teaser teaser, String href, TeaserBadge badge) {}

    @CheckedTemplate(basePath = "sandbox", requireTypeSafeExpressions = false)
    static final class DemoSiteTemplates {
        private DemoSiteTemplates() {}

        static native TemplateInstance reader(List<DemoTeaser> stories, String date);

        static native TemplateInstance article(String source, String article, Teaser teaser, ArticlePageContext opened);
    }

    private final WallPages walls;
    private final ArticlePageAccess pageAccess;
    private final CurrentCatalog catalog;
    private final Clock clock;
    private final DemoStories stories = new DemoStories();

    DemoSiteResource(WallPages walls, ArticlePageAccess pageAccess, CurrentCatalog catalog, Clock clock)
            throws IOException {
        this.walls = walls;
        this.pageAccess = pageAccess;
        this.catalog = catalog;
        this.clock = clock;
    }

    @GET
    @Blocking
    @Operation(hidden = true)
    public Response showFrontPage(@Context HttpServerRequest request) {
        List<DemoStory> current = stories.in(catalog.get());
        List<TeaserBadge> badges =
                walls.badges(current.stream().map(DemoStory::article).toList(), request);
        List<DemoTeaser> teasers = IntStream.range(0, current.size())
                .mapToObj(i -> teaser(current.get(i), badges.get(i)))
                .toList();
        return walls.renderPage(DemoSiteTemplates.reader(teasers, DATE.format(clock.instant())), request);
    }

    private static DemoTeaser teaser(DemoStory story, TeaserBadge badge) {
        String href = UriBuilder.fromPath("/reader/article")
                .queryParam("url", "{url}")
                .build(story.article().name())
                .toString();
        return new DemoTeaser(story.source(), story.language(), story.teaser(), href, badge);
    }

    @GET
    @Path("/article")
    @Blocking
    @Operation(hidden = true)
    public Response showArticle(@RestQuery @NotNull String url, @Context HttpServerRequest request) {
        Catalog catalog = this.catalog.get();
        Article article = catalog.articleByUrl(url, "url");
        Source source = article.source()
                .orElseThrow(() -> Problem.notFound("No source of the catalog has the host of this URL"));
        Teaser teaser = stories.teaserFor(article, catalog);
        return pageAccess.open(
                article,
                teaser,
                request,
                opened -> DemoSiteTemplates.article(source.name(), article.name(), teaser, opened));
    }
}
