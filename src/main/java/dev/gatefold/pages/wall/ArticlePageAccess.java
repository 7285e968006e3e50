package dev.gatefold.pages.wall;

import com.google.common.hash.Hashing;
import dev.gatefold.access.GrantReason;
import dev.gatefold.access.Reason;
import dev.gatefold.access.decide.AccessDecider;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.accounts.visitors.VisitorTokens;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.layout.PageRenderer;
import dev.gatefold.pages.session.PageCookie;
import dev.gatefold.pages.session.Viewer;
import dev.gatefold.pages.session.ViewerResolver;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import dev.gatefold.web.http.IdempotencyKey;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Lets whoever looks at a reader app's page in: opens the article, which may count, or shows the wall; blocks. */
@Singleton
public class ArticlePageAccess {
    /**
     * How an article is open to whoever looks at it.
     *
     * @param meter what is left of a meter, in words; null where none is spent
     * @param mayGive whether the reader is a member, who may give the article away
     */
    public record ArticlePageContext(String meter, boolean mayGive) {}

    /** What can only be had by somebody who can be told from others. */
    private static final Set<Reason> NAMED = Set.of(GrantReason.METERED, GrantReason.SHARED_LINK);

    private static final Set<Reason> OF_MEMBERS = Set.of(
            GrantReason.MEMBER, GrantReason.GRACE, GrantReason.COMPLIMENTARY, GrantReason.GIFT, GrantReason.HOUSEHOLD);

    private final AccessDecider turnstile;
    private final WallPages walls;
    private final ViewerResolver viewers;
    private final VisitorTokens visitors;
    private final PageRenderer pages;
    private final DatabaseCircuitBreaker reach;
    private final Clock clock;

    ArticlePageAccess(
            AccessDecider turnstile,
            WallPages walls,
            ViewerResolver viewers,
            VisitorTokens visitors,
            PageRenderer pages,
            DatabaseCircuitBreaker reach,
            Clock clock) {
        this.turnstile = turnstile;
        this.walls = walls;
        this.viewers = viewers;
        this.visitors = visitors;
        this.pages = pages;
        this.reach = reach;
        this.clock = clock;
    }

    /**
     * The article, or the wall before it. Looked at again on the same day (of UTC), it is the same read; what a browser
     * fetches ahead of its reader is refused, so that it can count nothing.
     *
     * @param text the page with the article
     */
    public Response open(
            Article article,
            Teaser teaser,
            HttpServerRequest request,
            Function<ArticlePageContext, TemplateInstance> text) {
        if (isAhead(request)) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .header("Cache-Control", "no-store")
                    .build();
        }
        Instant now = clock.instant();
        Viewer stranger = viewers.resolve(request, now);
        Decision asked = walls.decide(List.of(article), stranger, now).getFirst();
        Optional<VisitorTokens.VisitorToken> welcome = welcome(asked, stranger, request, now);
        Viewer viewer = welcome.flatMap(it -> visitors.find(it.token(), now))
                .map(stranger::withVisitor)
                .orElse(stranger);
        Decision decision = asked.granted() && HttpMethod.GET.equals(request.method())
                ? opened(article, viewer, asked, now)
                : asked;
        if (!decision.granted()) {
            return walls.renderWall(decision, article, Optional.of(teaser), viewer);
        }
        return pages.render(text.apply(told(decision, article, viewer)), viewer)
                .cookie(welcome.map(it -> cookie(it, now)).stream().toArray(NewCookie[]::new))
                .build();
    }

    private static boolean isAhead(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Sec-Purpose"))
                .filter(purpose -> purpose.contains("prefetch"))
                .isPresent();
    }

    private Optional<VisitorTokens.VisitorToken> welcome(
            Decision asked, Viewer viewer, HttpServerRequest request, Instant now) {
        boolean nobody = viewer.reader().isEmpty() && viewer.visitor().isEmpty();
        return nobody && NAMED.contains(asked.reason())
                ? Optional.of(visitors.issue(request.remoteAddress().hostAddress(), now))
                : Optional.empty();
    }

    /**
     * What was opened before today, or is being opened by the same reader in another tab, is as it was asked for a moment
     * ago; and while the database is away nothing can be counted, and what was known has to do.
     */
    private Decision opened(Article article, Viewer viewer, Decision asked, Instant now) {
        try {
            var opened = reach.callOrElse(
                    () -> QuarkusTransaction.requiringNew()
                            .call(() -> turnstile.open(viewer.toAccessQuery(List.of(article), now), key(article, now))),
                    () -> new AccessDecider.OpenedArticle(asked, true));
            return opened.replayed() ? asked : opened.decision();
        } catch (Problem problem) {
            if (IdempotencyKey.isInFlight(problem)) {
                return asked;
            }
            throw problem;
        }
    }

    private static String key(Article article, Instant at) {
        return "page " + LocalDate.ofInstant(at, ZoneOffset.UTC) + " "
                + Hashing.sha256().hashString(article.name(), StandardCharsets.UTF_8);
    }

    private ArticlePageContext told(Decision decision, Article article, Viewer viewer) {
        String meter = Optional.ofNullable(decision.meter())
                .map(it -> WallPages.formats(viewer, article)
                        .meter(it, walls.effectivePolicy(article, decision).window()))
                .orElse(null);
        return new ArticlePageContext(meter, OF_MEMBERS.contains(decision.reason()));
    }

    private static NewCookie cookie(VisitorTokens.VisitorToken visitor, Instant now) {
        return PageCookie.VISITOR.create(visitor.token(), Duration.between(now, visitor.expiresAt()));
    }
}
