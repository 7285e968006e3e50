package dev.gatefold.pages;

import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Accounts;
import dev.gatefold.accounts.Visitors;
import dev.gatefold.catalog.Whereabouts;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds out who looks at a page, and in which of our languages. */
@Singleton
class Viewers {
    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.GERMAN);

    private final Sessions sessions;
    private final Accounts accounts;
    private final Visitors visitors;
    private final Whereabouts whereabouts;

    Viewers(Sessions sessions, Accounts accounts, Visitors visitors, Whereabouts whereabouts) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.visitors = visitors;
        this.whereabouts = whereabouts;
    }

    Viewer of(HttpServerRequest request, Instant at) {
        Optional<String> secret = Cookies.SESSION.in(request);
        Optional<Identity> reader = secret.flatMap(it -> sessions.reader(it, at));
        Optional<Account> account =
                reader.flatMap(it -> QuarkusTransaction.requiringNew().call(() -> accounts.of(it)));
        return new Viewer(
                reader,
                Cookies.KNOWN.in(request).isPresent(),
                secret.map(Viewers::csrf).orElse(""),
                locale(account.map(it -> it.locale).orElseGet(() -> request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))),
                account.map(it -> it.timeZone).map(ZoneId::of),
                Cookies.VISITOR.in(request).flatMap(token -> visitors.known(token, at)),
                whereabouts.country(request::getHeader),
                Cookies.SHARE.in(request));
    }

    /** Something that only who knows the session's secret can say, and from which it cannot be told. */
    private static String csrf(String secret) {
        return Secrets.base64(Secrets.hash("form " + secret));
    }

    /** Whoever has sent a form of ours; a problem where it came from elsewhere, or the session has ended. */
    Viewer sender(HttpServerRequest request, String csrf, Instant at) {
        Viewer viewer = of(request, at);
        boolean ours = csrf != null
                && !viewer.csrf().isEmpty()
                && MessageDigest.isEqual(
                        csrf.getBytes(StandardCharsets.US_ASCII), viewer.csrf().getBytes(StandardCharsets.US_ASCII));
        if (!ours || viewer.reader().isEmpty()) {
            throw Problem.forbidden("The form is not of this session; go back, and load the page again");
        }
        return viewer;
    }

    /** @param ranges of languages (BCP 47), as {@code Accept-Language} has them; or null */
    static Locale locale(String ranges) {
        try {
            return Optional.ofNullable(ranges)
                    .map(Locale.LanguageRange::parse)
                    .map(wanted -> Locale.lookup(wanted, SPOKEN))
                    .orElse(Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }
}
