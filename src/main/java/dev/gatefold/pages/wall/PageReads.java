package dev.gatefold.pages.wall;

import com.google.common.hash.Hashing;
import dev.gatefold.access.decide.ArticleOpener;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.OpenedArticle;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.session.Viewer;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import dev.gatefold.web.http.IdempotencyKey;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Records the reads of article pages: views of one article by one reader on the same day (UTC) are one read. */
@Singleton
class PageReads {
    private final ArticleOpener opener;
    private final DatabaseCircuitBreaker database;

    PageReads(ArticleOpener opener, DatabaseCircuitBreaker database) {
        this.opener = opener;
        this.database = database;
    }

    /**
     * Records a read and returns the decision of the recorded read, which may be a denial. Returns the granted decision
     * unchanged if the read was recorded earlier that day, if another tab of the reader is recording it, or if the
     * database is unavailable.
     */
    Decision record(Article article, Viewer viewer, Decision granted, Instant now) {
        try {
            OpenedArticle opened = database.callOrElse(
                    () -> QuarkusTransaction.requiringNew()
                            .call(() -> opener.open(viewer.toAccessQuery(List.of(article), now), key(article, now))),
                    () -> new OpenedArticle(granted, true));
            return opened.replayed() ? granted : opened.decision();
        } catch (Problem problem) {
            if (IdempotencyKey.isInFlight(problem)) {
                return granted;
            }
            throw problem;
        }
    }

    private static String key(Article article, Instant at) {
        return "page " + LocalDate.ofInstant(at, ZoneOffset.UTC) + " "
                + Hashing.sha256().hashString(article.name(), StandardCharsets.UTF_8);
    }
}
