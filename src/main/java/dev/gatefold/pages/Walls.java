package dev.gatefold.pages;

import dev.gatefold.access.Circumstances;
import dev.gatefold.access.Decision;
import dev.gatefold.access.Enquiry;
import dev.gatefold.access.Reader;
import dev.gatefold.access.Surface;
import dev.gatefold.access.Turnstile;
import dev.gatefold.catalog.Article;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What whoever looks at a page may read, and the wall before the rest; blocks. */
@Singleton
public class Walls {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Turnstile turnstile;
    private final Viewers viewers;
    private final Pages pages;
    private final Clock clock;

    Walls(Turnstile turnstile, Viewers viewers, Pages pages, Clock clock) {
        this.turnstile = turnstile;
        this.viewers = viewers;
        this.pages = pages;
        this.clock = clock;
    }

    /** The wall before an article; empty where the reader may go on. */
    public Optional<Response> before(Article article, HttpHeaders request) {
        Instant now = clock.instant();
        Viewer viewer = viewers.of(request, now);
        Decision decision = decide(List.of(article), viewer, now).getFirst();
        if (decision.granted()) {
            return Optional.empty();
        }
        Wall wall = Wall.of(decision, viewer, pages.formats(viewer), Wall.key());
        return Optional.of(pages.html(Pages.Templates.wall(wall, viewer), viewer));
    }

    /** All in one question, as for a front page of teasers. */
    public List<Decision> decisions(List<Article> articles, HttpHeaders request) {
        Instant now = clock.instant();
        return decide(articles, viewers.of(request, now), now);
    }

    private List<Decision> decide(List<Article> articles, Viewer viewer, Instant now) {
        Reader reader = new Reader(viewer.reader(), Optional.empty());
        var circumstances = new Circumstances(Surface.WEB, Optional.empty(), Optional.empty(), Optional.empty(), false);
        return turnstile
                .check(new Enquiry(reader, articles, circumstances, now))
                .await()
                .atMost(PATIENCE);
    }
}
