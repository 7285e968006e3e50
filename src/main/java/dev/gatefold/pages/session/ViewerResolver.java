package dev.gatefold.pages.session;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.accounts.visitors.VisitorTokens;
import dev.gatefold.kernel.Identity;
import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.PageLanguages;
import dev.gatefold.web.http.ClientCountry;
import dev.gatefold.web.http.PageMessage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Identifies the viewer of a page from its cookies and headers. */
@Singleton
public class ViewerResolver {
    private final BrowserSessions sessions;
    private final Accounts accounts;
    private final VisitorTokens visitors;
    private final ClientCountry clientCountry;

    ViewerResolver(BrowserSessions sessions, Accounts accounts, VisitorTokens visitors, ClientCountry clientCountry) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.visitors = visitors;
        this.clientCountry = clientCountry;
    }

    /** Returns the viewer of a request. The account's language precedes {@code Accept-Language}. */
    public Viewer resolve(HttpServerRequest request, Instant at) {
        Optional<String> secret = PageCookie.SESSION.readFrom(request);
        Optional<Identity> reader = secret.flatMap(it -> sessions.findReader(it, at));
        Optional<Account> account =
                reader.flatMap(it -> QuarkusTransaction.requiringNew().call(() -> accounts.findByIdentity(it)));
        return new Viewer(
                reader,
                account.map(it -> it.id),
                PageCookie.PREVIOUSLY_SIGNED_IN.readFrom(request).isPresent(),
                secret.map(ViewerResolver::csrf).orElse(""),
                PageLanguages.bestMatch(
                        account.map(it -> it.locale).orElseGet(() -> request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))),
                account.map(it -> it.timeZone).map(ZoneId::of),
                PageCookie.VISITOR.readFrom(request).flatMap(token -> visitors.find(token, at)),
                clientCountry.country(request::getHeader),
                PageCookie.SHARE.readFrom(request),
                PageMessage.readFrom(request));
    }

    /** Derives the CSRF token from the session secret. The secret cannot be computed from the token. */
    private static String csrf(String secret) {
        return BrowserSecrets.base64Url(BrowserSecrets.sha256("form " + secret));
    }

    /**
     * Returns the signed-in viewer who submitted a form.
     *
     * @param csrf token in the form; may be null
     * @throws Problem 403 if the token is not that of the session, or no reader is signed in
     */
    public Viewer requireFormSender(HttpServerRequest request, String csrf, Instant at) {
        Viewer viewer = resolve(request, at);
        boolean valid = csrf != null
                && !viewer.csrf().isEmpty()
                && MessageDigest.isEqual(
                        csrf.getBytes(StandardCharsets.US_ASCII), viewer.csrf().getBytes(StandardCharsets.US_ASCII));
        if (!valid || viewer.reader().isEmpty()) {
            throw Problem.forbidden(
                    "The form does not belong to the current session. Reload the page and submit it again.");
        }
        return viewer;
    }
}
