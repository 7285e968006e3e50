package dev.gatefold.sandbox;

import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Source;
import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.Entrance;
import dev.gatefold.pages.Mark;
import dev.gatefold.pages.Teaser;
import dev.gatefold.pages.Walls;
import dev.gatefold.sandbox.FrontPage.Story;
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
@Singleton
@PermitAll
class DemoReader {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
            .withLocale(Locale.UK)
            .withZone(ZoneOffset.UTC);

    /** A story as the front page shows it. */
    record Shown(String source, String language, Teaser teaser, String address, Mark mark) {}

    @CheckedTemplate(basePath = "sandbox", requireTypeSafeExpressions = false)
    static final class Templates {
        private Templates() {}

        static native TemplateInstance reader(List<Shown> stories, String date);

        static native TemplateInstance article(String source, String article, Teaser teaser, Entrance.Opened opened);
    }

    private final Walls walls;
    private final Entrance entrance;
    private final CurrentCatalog catalog;
    private final Clock clock;
    private final FrontPage frontPage = new FrontPage();

    DemoReader(Walls walls, Entrance entrance, CurrentCatalog catalog, Clock clock) throws IOException {
        this.walls = walls;
        this.entrance = entrance;
        this.catalog = catalog;
        this.clock = clock;
    }

    @GET
    @Blocking
    @Operation(hidden = true)
    public Response front(@Context HttpServerRequest request) {
        List<Story> stories = frontPage.stories(catalog.get());
        List<Mark> marks = walls.marks(stories.stream().map(Story::article).toList(), request);
        List<Shown> shown = IntStream.range(0, stories.size())
                .mapToObj(i -> shown(stories.get(i), marks.get(i)))
                .toList();
        return walls.page(Templates.reader(shown, DATE.format(clock.instant())), request);
    }

    private static Shown shown(Story story, Mark mark) {
        String address = UriBuilder.fromPath("/reader/article")
                .queryParam("url", "{url}")
                .build(story.article().name())
                .toString();
        return new Shown(story.source(), story.language(), story.teaser(), address, mark);
    }

    @GET
    @Path("/article")
    @Blocking
    @Operation(hidden = true)
    public Response article(@RestQuery @NotNull String url, @Context HttpServerRequest request) {
        Catalog catalog = this.catalog.get();
        Article article = catalog.articleAt(url, "url");
        Source source = article.source().orElseThrow(() -> Problem.notFound("The address belongs to no title"));
        Teaser teaser = frontPage.of(article, catalog);
        return entrance.open(
                article, teaser, request, opened -> Templates.article(source.name(), article.name(), teaser, opened));
    }
}
