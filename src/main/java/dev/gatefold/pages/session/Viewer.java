package dev.gatefold.pages.session;

import dev.gatefold.access.decide.AccessQuery;
import dev.gatefold.access.decide.Platform;
import dev.gatefold.access.decide.Reader;
import dev.gatefold.access.decide.RequestContext;
import dev.gatefold.accounts.visitors.Visitor;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.Identity;
import dev.gatefold.web.http.PageMessage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The person who requests a page.
 *
 * @param reader identity of the signed-in reader; empty for visitors
 * @param account id of the reader's account; empty if there is none
 * @param previouslySignedIn true if a reader signed in with this browser before
 * @param csrf token that the forms of the pages contain; empty for visitors
 * @param zone time zone of the account
 * @param visitor visitor of the visitor token in the cookie
 * @param country country of the request (ISO 3166-1 alpha-2) as reported by the gateway
 * @param share code of a share link that this browser followed
 * @param message about what the reader has just done; shown once
 */
public record Viewer(
        Optional<Identity> reader,
        Optional<UUID> account,
        boolean previouslySignedIn,
        String csrf,
        Locale locale,
        Optional<ZoneId> zone,
        Optional<Visitor> visitor,
        Optional<String> country,
        Optional<String> share,
        Optional<PageMessage> message) {
    /** Returns the access query of this viewer on the web platform. */
    public AccessQuery toAccessQuery(List<Article> articles, Instant at) {
        return new AccessQuery(
                new Reader(reader, visitor),
                articles,
                new RequestContext(Platform.WEB, country, share, Optional.empty(), false),
                at);
    }

    /** Returns the viewer with a newly issued visitor token. */
    public Viewer withVisitor(Visitor visitor) {
        return new Viewer(
                reader, account, previouslySignedIn, csrf, locale, zone, Optional.of(visitor), country, share, message);
    }
}
