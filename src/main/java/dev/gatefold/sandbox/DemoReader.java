package dev.gatefold.sandbox;

import dev.gatefold.access.Decision;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Source;
import dev.gatefold.pages.Walls;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** A reader app small enough to read: a front page of teasers, each marked, and articles behind the wall. */
@Path("/reader")
@PermitAll
class DemoReader {
    private static final List<String> TITLES = List.of(
            "toms-guide",
            "fortune",
            "the-guardian",
            "stern",
            "der-spiegel",
            "neue-zuercher-zeitung",
            "le-devoir",
            "der-standard",
            "the-globe-and-mail",
            "la-nacion",
            "taz",
            "handelsblatt");

    /** An article as a front page shows it. */
    record Teaser(String source, String headline, String article, boolean open) {}

    @CheckedTemplate(basePath = "sandbox", requireTypeSafeExpressions = false)
    static final class Templates {
        private Templates() {}

        static native TemplateInstance reader(List<Teaser> teasers);

        static native TemplateInstance article(String source, String headline);
    }

    private final Walls walls;
    private final CurrentCatalog catalog;

    DemoReader(Walls walls, CurrentCatalog catalog) {
        this.walls = walls;
        this.catalog = catalog;
    }

    @GET
    @Blocking
    @Operation(hidden = true)
    public Response front(@Context HttpHeaders request) {
        Catalog catalog = this.catalog.get();
        List<Source> sources =
                TITLES.stream().flatMap(slug -> catalog.source(slug).stream()).toList();
        List<Article> articles = sources.stream()
                .map(source -> catalog.articleAt("https://" + source.hosts().getFirst() + "/story-of-the-day", "url"))
                .toList();
        List<Decision> decisions = walls.decisions(articles, request);
        List<Teaser> teasers = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            teasers.add(new Teaser(
                    source.name(),
                    headline(source),
                    articles.get(i).name(),
                    decisions.get(i).granted()));
        }
        return html(Templates.reader(teasers));
    }

    @GET
    @Path("/article")
    @Blocking
    @Operation(hidden = true)
    public Response article(@RestQuery @NotNull String url, @Context HttpHeaders request) {
        Article article = catalog.get().articleAt(url, "url");
        return walls.before(article, request).orElseGet(() -> {
            Source source = article.source().orElseThrow();
            return html(Templates.article(source.name(), headline(source)));
        });
    }

    private static String headline(Source source) {
        return "The story of the day at " + source.name();
    }

    private static Response html(TemplateInstance template) {
        return Response.ok(template, MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src data:")
                .header("Cache-Control", "no-store")
                .build();
    }
}
