package dev.gatefold.pages.wall;

import dev.gatefold.access.decide.AccessDecider;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.pages.layout.PageRenderer;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.pages.session.Viewer;
import dev.gatefold.pages.session.ViewerResolver;
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

/**
 * Checks access for the viewer of a page and renders the paywall. Opens no article and spends no meter. Blocks the
 * calling thread.
 */
@Singleton
public class WallPages {
    private final AccessDecider decider;
    private final CurrentCatalog catalog;
    private final ViewerResolver viewers;
    private final PageRenderer pages;
    private final Clock clock;

    WallPages(AccessDecider decider, CurrentCatalog catalog, ViewerResolver viewers, PageRenderer pages, Clock clock) {
        this.decider = decider;
        this.catalog = catalog;
        this.viewers = viewers;
        this.pages = pages;
        this.clock = clock;
    }

    /** Returns the paywall page of an article, or empty if the viewer has access. */
    public Optional<Response> paywallFor(Article article, HttpServerRequest request) {
        Instant now = clock.instant();
        Viewer viewer = viewers.resolve(request, now);
        Decision decision = decide(List.of(article), viewer, now).getFirst();
        return Optional.of(decision)
                .filter(it -> !it.granted())
                .map(it -> renderWall(it, article, Optional.empty(), viewer));
    }

    /** Returns the badge of each article, in the same order, with one access query for all. */
    public List<TeaserBadge> badges(List<Article> articles, HttpServerRequest request) {
        Instant now = clock.instant();
        Viewer viewer = viewers.resolve(request, now);
        List<Decision> decisions = decide(articles, viewer, now);
        return IntStream.range(0, articles.size())
                .mapToObj(i -> badge(articles.get(i), decisions.get(i), viewer))
                .toList();
    }

    private TeaserBadge badge(Article article, Decision decision, Viewer viewer) {
        return TeaserBadge.of(decision, effectivePolicy(article, decision), formats(viewer, article));
    }

    /** Renders a page of the reader app in the layout of the pages. */
    public Response renderPage(TemplateInstance template, HttpServerRequest request) {
        return pages.render(template, viewers.resolve(request, clock.instant())).build();
    }

    List<Decision> decide(List<Article> articles, Viewer viewer, Instant now) {
        return decider.decideBlocking(viewer.toAccessQuery(articles, now));
    }

    Response renderWall(Decision decision, Article article, Optional<Teaser> teaser, Viewer viewer) {
        WallView wall =
                WallView.of(decision, effectivePolicy(article, decision), teaser, viewer, formats(viewer, article));
        return pages.render(WallTemplates.wall(wall), viewer).build();
    }

    /** Returns the policy that applied to the article at the instant of the decision. */
    Policy effectivePolicy(Article article, Decision decision) {
        Catalog catalog = this.catalog.get();
        return article.source()
                .map(source -> catalog.rules(source)
                        .effectiveRule(article.section(), decision.asOf())
                        .policy())
                .orElse(Policy.of(Gate.MEMBERS));
    }

    static ViewerFormats formats(Viewer viewer, Article article) {
        ZoneId sourceZone = article.source().map(Source::zone).orElse(ZoneOffset.UTC);
        return ViewerFormats.of(viewer, sourceZone);
    }
}
