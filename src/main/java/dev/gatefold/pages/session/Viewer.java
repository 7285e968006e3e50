package dev.gatefold.pages.session;

import dev.gatefold.access.decide.AccessQuery;
import dev.gatefold.access.decide.Platform;
import dev.gatefold.access.decide.Reader;
import dev.gatefold.access.decide.RequestContext;
import dev.gatefold.accounts.visitors.Visitor;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Identity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whoever looks at a page.
 *
 * @param reader who is signed in
 * @param previouslySignedIn whether somebody was signed in with this browser before
 * @param csrf what a form of ours says, so that no other site can send it; empty for who is not signed in
 * @param zone where the account says that its reader lives
 * @param country where the gateway says that the request comes from
 * @param share the code of the article that somebody has given to this one
 */
public record Viewer(
        Optional<Identity> reader,
        boolean previouslySignedIn,
        String csrf,
        Locale locale,
        Optional<ZoneId> zone,
        Optional<Visitor> visitor,
        Optional<String> country,
        Optional<String> share) {
    public AccessQuery toAccessQuery(List<Article> articles, Instant at) {
        return new AccessQuery(
                new Reader(reader, visitor),
                articles,
                new RequestContext(Platform.WEB, country, share, Optional.empty(), false),
                at);
    }

    /** The same browser, now that it has a visitor's token. */
    public Viewer withVisitor(Visitor visitor) {
        return new Viewer(reader, previouslySignedIn, csrf, locale, zone, Optional.of(visitor), country, share);
    }
}
