package dev.gatefold.pages.session;

import dev.gatefold.kernel.Identity;
import dev.gatefold.pages.PagesConfig;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Signs browsers in and out: sessions in the database, and the cookies that belong to them. */
@Singleton
public class SignedInBrowser {
    private static final Duration PREVIOUSLY_SIGNED_IN_LIFETIME = Duration.ofDays(365);

    /** Browsers ignore cookies of more than 4,096 bytes, including the name. */
    private static final int MAX_ID_TOKEN_LENGTH = 4_000;

    private final BrowserSessions sessions;
    private final PagesConfig config;

    SignedInBrowser(BrowserSessions sessions, PagesConfig config) {
        this.sessions = sessions;
        this.config = config;
    }

    /** Returns the reader who is signed in with the browser. */
    public Optional<Identity> findReader(HttpServerRequest request, Instant at) {
        return PageCookie.SESSION.readFrom(request).flatMap(secret -> sessions.findReader(secret, at));
    }

    /**
     * Starts a session, and returns the cookies to set. A session of another reader ends; one of the same reader goes on,
     * so that forms in other tabs stay valid.
     *
     * @param idToken remembered for the sign-out at the issuer; one that no cookie can hold is not
     */
    public NewCookie[] signIn(Identity reader, Optional<String> idToken, HttpServerRequest request, Instant at) {
        Duration lifetime = config.sessionLifetime();
        return new NewCookie[] {
            PageCookie.SESSION.create(startSession(reader, request, at), lifetime),
            idToken.filter(token -> token.length() <= MAX_ID_TOKEN_LENGTH)
                    .map(token -> PageCookie.ID_TOKEN.create(token, lifetime))
                    .orElseGet(PageCookie.ID_TOKEN::expired),
            PageCookie.PREVIOUSLY_SIGNED_IN.create("1", PREVIOUSLY_SIGNED_IN_LIFETIME)
        };
    }

    private String startSession(Identity reader, HttpServerRequest request, Instant at) {
        Optional<String> current = PageCookie.SESSION.readFrom(request);
        if (current.isPresent()
                && findReader(request, at).filter(reader::equals).isPresent()) {
            return current.get();
        }
        current.ifPresent(sessions::end);
        return sessions.start(reader, at);
    }

    /** Ends the session of the browser, and returns the cookies to delete. */
    public NewCookie[] signOut(HttpServerRequest request) {
        PageCookie.SESSION.readFrom(request).ifPresent(sessions::end);
        return new NewCookie[] {
            PageCookie.SESSION.expired(),
            PageCookie.ID_TOKEN.expired(),
            PageCookie.SIGN_IN.expired(),
            PageCookie.PREVIOUSLY_SIGNED_IN.expired()
        };
    }
}
