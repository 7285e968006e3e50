package dev.gatefold.pages;

import dev.gatefold.access.Circumstances;
import dev.gatefold.access.Enquiry;
import dev.gatefold.access.Reader;
import dev.gatefold.access.Surface;
import dev.gatefold.accounts.Visitor;
import dev.gatefold.catalog.Article;
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
 * @param known whether somebody was signed in with this browser before
 * @param csrf what a form of ours says, so that no other site can send it; empty for who is not signed in
 * @param zone where the account says that its reader lives
 * @param country where the gateway says that the request comes from
 * @param share the code of the article that somebody has given to this one
 */
record Viewer(
        Optional<Identity> reader,
        boolean known,
        String csrf,
        Locale locale,
        Optional<ZoneId> zone,
        Optional<Visitor> visitor,
        Optional<String> country,
        Optional<String> share) {
    Enquiry about(List<Article> articles, Instant at) {
        return new Enquiry(
                new Reader(reader, visitor),
                articles,
                new Circumstances(Surface.WEB, country, share, Optional.empty(), false),
                at);
    }

    /** The same browser, now that it has a visitor's token. */
    Viewer as(Visitor visitor) {
        return new Viewer(reader, known, csrf, locale, zone, Optional.of(visitor), country, share);
    }
}
