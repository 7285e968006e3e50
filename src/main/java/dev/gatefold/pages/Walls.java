package dev.gatefold.pages;

import dev.gatefold.access.Decision;
import dev.gatefold.access.Turnstile;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.Gate;
import dev.gatefold.catalog.Policy;
import dev.gatefold.catalog.Source;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What whoever looks at a page may read, and the wall before the rest. It asks, and opens nothing; blocks. */
@Singleton
public class Walls {
    private final Turnstile turnstile;
    private final CurrentCatalog catalog;
    private final Viewers viewers;
    private final Pages pages;
    private final Clock clock;

    Walls(Turnstile turnstile, CurrentCatalog catalog, Viewers viewers, Pages pages, Clock clock) {
        this.turnstile = turnstile;
        this.catalog = catalog;
        this.viewers = viewers;
        this.pages = pages;
        this.clock = clock;
    }

    /** The wall before an article; empty where the reader may go on. */
    public Optional<Response> before(Article article, HttpServerRequest request) {
        Instant now = clock.instant();
        Viewer viewer = viewers.of(request, now);
        Decision decision = decide(List.of(article), viewer, now).getFirst();
        return Optional.of(decision).filter(it -> !it.granted()).map(it -> wall(it, article, Optional.empty(), viewer));
    }

    /** What to say of each of a front page's articles, all in one question. */
    public List<Mark> marks(List<Article> articles, HttpServerRequest request) {
        Instant now = clock.instant();
        Viewer viewer = viewers.of(request, now);
        List<Decision> decisions = decide(articles, viewer, now);
        return IntStream.range(0, articles.size())
                .mapToObj(i -> mark(articles.get(i), decisions.get(i), viewer))
                .toList();
    }

    private Mark mark(Article article, Decision decision, Viewer viewer) {
        return Mark.of(decision, policy(article, decision), formats(viewer, article));
    }

    /** A page of a reader app's own, with what stands round every page. */
    public Response page(TemplateInstance template, HttpServerRequest request) {
        return pages.html(template, viewers.of(request, clock.instant())).build();
    }

    List<Decision> decide(List<Article> articles, Viewer viewer, Instant now) {
        return turnstile.checkAndWait(viewer.about(articles, now));
    }

    Response wall(Decision decision, Article article, Optional<Teaser> teaser, Viewer viewer) {
        Wall wall = Wall.of(decision, policy(article, decision), teaser, viewer, formats(viewer, article));
        return pages.html(Pages.Templates.wall(wall), viewer).build();
    }

    /** What held for an article when it was asked for. */
    Policy policy(Article article, Decision decision) {
        Catalog catalog = this.catalog.get();
        return article.source()
                .map(source -> catalog.rules(source)
                        .inForce(article.section(), decision.asOf())
                        .policy())
                .orElse(Policy.of(Gate.MEMBERS));
    }

    static Formats formats(Viewer viewer, Article article) {
        ZoneId zone = article.source().map(Source::zone).orElse(ZoneOffset.UTC);
        return Formats.of(viewer, zone);
    }
}
