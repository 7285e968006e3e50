package dev.gatefold.sandbox.demo;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.wall.ArticlePageAccess;
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

/** A reader app small enough to read: a front page of teasers, each marked, and articles behind the wall. */
@Path("/reader")
@HtmlErrors
@RateLimitExempt
@Singleton
@PermitAll
class DemoSiteResource {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
            .withLocale(Locale.UK)
            .withZone(ZoneOffset.UTC);

    /** A story as the front page shows it. */
    record DemoTeaser(String source, String language, Teaser teaser, String address, TeaserBadge mark) {}

    @CheckedTemplate(basePath = "sandbox", requireTypeSafeExpressions = false)
    static final class DemoSiteTemplates {
        private DemoSiteTemplates() {}

        static native TemplateInstance reader(List<DemoTeaser> stories, String date);

        static native TemplateInstance article(
                String source, String article, Teaser teaser, ArticlePageAccess.ArticlePageContext opened);
    }

    private final WallPages walls;
    private final ArticlePageAccess entrance;
    private final CurrentCatalog catalog;
    private final Clock clock;
    private final DemoStories frontPage = new DemoStories();

    DemoSiteResource(WallPages walls, ArticlePageAccess entrance, CurrentCatalog catalog, Clock clock)
            throws IOException {
        this.walls = walls;
        this.entrance = entrance;
        this.catalog = catalog;
        this.clock = clock;
    }

    @GET
    @Blocking
    @Operation(hidden = true)
    public Response front(@Context HttpServerRequest request) {
        List<DemoStory> stories = frontPage.stories(catalog.get());
        List<TeaserBadge> marks =
                walls.badges(stories.stream().map(DemoStory::article).toList(), request);
        List<DemoTeaser> shown = IntStream.range(0, stories.size())
                .mapToObj(i -> shown(stories.get(i), marks.get(i)))
                .toList();
        return walls.renderPage(DemoSiteTemplates.reader(shown, DATE.format(clock.instant())), request);
    }

    private static DemoTeaser shown(DemoStory story, TeaserBadge mark) {
        String address = UriBuilder.fromPath("/reader/article")
                .queryParam("url", "{url}")
                .build(story.article().name())
                .toString();
        return new DemoTeaser(story.source(), story.language(), story.teaser(), address, mark);
    }

    @GET
    @Path("/article")
    @Blocking
    @Operation(hidden = true)
    public Response article(@RestQuery @NotNull String url, @Context HttpServerRequest request) {
        Catalog catalog = this.catalog.get();
        Article article = catalog.articleByUrl(url, "url");
        Source source = article.source().orElseThrow(() -> Problem.notFound("The address belongs to no title"));
        Teaser teaser = frontPage.teaserFor(article, catalog);
        return entrance.open(
                article,
                teaser,
                request,
                opened -> DemoSiteTemplates.article(source.name(), article.name(), teaser, opened));
    }
}
