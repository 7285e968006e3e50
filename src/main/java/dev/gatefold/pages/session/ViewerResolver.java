package dev.gatefold.pages.session;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.accounts.visitors.VisitorTokens;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.web.http.ClientCountry;
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
public class ViewerResolver {
    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.GERMAN);

    private final BrowserSessions sessions;
    private final Accounts accounts;
    private final VisitorTokens visitors;
    private final ClientCountry whereabouts;

    ViewerResolver(BrowserSessions sessions, Accounts accounts, VisitorTokens visitors, ClientCountry whereabouts) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.visitors = visitors;
        this.whereabouts = whereabouts;
    }

    public Viewer resolve(HttpServerRequest request, Instant at) {
        Optional<String> secret = PageCookie.SESSION.readFrom(request);
        Optional<Identity> reader = secret.flatMap(it -> sessions.findReader(it, at));
        Optional<Account> account =
                reader.flatMap(it -> QuarkusTransaction.requiringNew().call(() -> accounts.findByIdentity(it)));
        return new Viewer(
                reader,
                PageCookie.PREVIOUSLY_SIGNED_IN.readFrom(request).isPresent(),
                secret.map(ViewerResolver::csrf).orElse(""),
                locale(account.map(it -> it.locale).orElseGet(() -> request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))),
                account.map(it -> it.timeZone).map(ZoneId::of),
                PageCookie.VISITOR.readFrom(request).flatMap(token -> visitors.find(token, at)),
                whereabouts.country(request::getHeader),
                PageCookie.SHARE.readFrom(request));
    }

    /** Something that only who knows the session's secret can say, and from which it cannot be told. */
    private static String csrf(String secret) {
        return BrowserSecrets.base64Url(BrowserSecrets.sha256("form " + secret));
    }

    /** Whoever has sent a form of ours; a problem where it came from elsewhere, or the session has ended. */
    public Viewer requireFormSender(HttpServerRequest request, String csrf, Instant at) {
        Viewer viewer = resolve(request, at);
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
    public static Locale locale(String ranges) {
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
