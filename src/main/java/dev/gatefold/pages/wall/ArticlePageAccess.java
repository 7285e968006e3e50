package dev.gatefold.pages.wall;

import dev.gatefold.access.GrantReason;
import dev.gatefold.access.Reason;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.accounts.visitors.VisitorTokens;
import dev.gatefold.accounts.visitors.VisitorTokens.VisitorToken;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.pages.layout.CommonMessages;
import dev.gatefold.pages.layout.PageRenderer;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.pages.session.PageCookie;
import dev.gatefold.pages.session.Viewer;
import dev.gatefold.pages.session.ViewerResolver;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Opens articles on pages of a reader app in the same process: records the read, which may spend the meter, or shows the
 * paywall. Blocks the calling thread.
 */
@Singleton
public class ArticlePageAccess {
    /** Grants that count devices or articles, so that visitors need a visitor token first. */
    private static final Set<Reason> NEED_VISITOR_TOKEN = Set.of(GrantReason.METERED, GrantReason.SHARED_LINK);

    private static final Set<Reason> MEMBER_GRANTS = Set.of(
            GrantReason.MEMBER, GrantReason.GRACE, GrantReason.COMPLIMENTARY, GrantReason.GIFT, GrantReason.HOUSEHOLD);

    private final WallPages walls;
    private final PageReads reads;
    private final ViewerResolver viewers;
    private final VisitorTokens visitors;
    private final PageRenderer pages;
    private final Clock clock;

    ArticlePageAccess(
            WallPages walls,
            PageReads reads,
            ViewerResolver viewers,
            VisitorTokens visitors,
            PageRenderer pages,
            Clock clock) {
        this.walls = walls;
        this.reads = reads;
        this.viewers = viewers;
        this.visitors = visitors;
        this.pages = pages;
        this.clock = clock;
    }

    /**
     * Returns the article page, or the paywall. A GET records a read if access is granted; several views on the same day
     * (UTC) are one read. Prefetch requests are answered with 503, so that they record no read.
     *
     * @param page renders the article page
     */
    public Response open(
            Article article,
            Teaser teaser,
            HttpServerRequest request,
            Function<ArticlePageContext, TemplateInstance> page) {
        if (isPrefetch(request)) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .header("Cache-Control", "no-store")
                    .build();
        }
        Instant now = clock.instant();
        Viewer sender = viewers.resolve(request, now);
        Decision checked = walls.decide(List.of(article), sender, now).getFirst();
        Optional<VisitorToken> newToken = newVisitorToken(checked, sender, request, now);
        Viewer viewer = newToken.flatMap(it -> visitors.find(it.token(), now))
                .map(sender::withVisitor)
                .orElse(sender);
        boolean records = checked.granted() && HttpMethod.GET.equals(request.method());
        Decision decision = records ? reads.record(article, viewer, checked, now) : checked;
        if (!decision.granted()) {
            return walls.renderWall(decision, article, Optional.of(teaser), viewer);
        }
        return pages.render(page.apply(context(decision, article, viewer)), viewer)
                .cookie(newToken.map(it -> cookie(it, now)).stream().toArray(NewCookie[]::new))
                .build();
    }

    private static boolean isPrefetch(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Sec-Purpose"))
                .filter(purpose -> purpose.contains("prefetch"))
                .isPresent();
    }

    private Optional<VisitorToken> newVisitorToken(
            Decision decision, Viewer viewer, HttpServerRequest request, Instant now) {
        boolean anonymous = viewer.reader().isEmpty() && viewer.visitor().isEmpty();
        return anonymous && NEED_VISITOR_TOKEN.contains(decision.reason())
                ? Optional.of(visitors.issue(request.remoteAddress().hostAddress(), now))
                : Optional.empty();
    }

    private ArticlePageContext context(Decision decision, Article article, Viewer viewer) {
        String meter = Optional.ofNullable(decision.meter())
                .map(it -> WallPages.formats(viewer, article)
                        .meter(it, walls.effectivePolicy(article, decision).window()))
                .orElse(null);
        return new ArticlePageContext(
                access(decision, WallPages.formats(viewer, article)), meter, MEMBER_GRANTS.contains(decision.reason()));
    }

    private static String access(Decision decision, ViewerFormats formats) {
        CommonMessages messages = formats.messages(CommonMessages.class);
        return decision.reason() == GrantReason.SHARED_LINK ? messages.articleShared() : messages.articleOpen();
    }

    private static NewCookie cookie(VisitorToken token, Instant now) {
        return PageCookie.VISITOR.create(token.token(), Duration.between(now, token.expiresAt()));
    }
}
