package dev.gatefold.pages.session;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Optional;

/** Our cookies: of this host alone, over TLS alone, and not for scripts. */
public enum PageCookie {
    /** Of a browser that is signed in. */
    SESSION("__Host-gatefold"),
    /** Of a browser that has gone to the issuer to sign in. */
    SIGN_IN("__Host-gatefold-sign-in"),
    /** That somebody has been signed in here before, and nothing of who it was: such a one is not sold a trial. */
    PREVIOUSLY_SIGNED_IN("__Host-gatefold-known"),
    /** A visitor's token, which a meter needs; what the meter says is not in it. */
    VISITOR("__Host-gatefold-visitor"),
    /** The code of an article that was given away, for who has followed the link. */
    SHARE("__Host-gatefold-share");

    private final String written;

    PageCookie(String written) {
        this.written = written;
    }

    /** What a browser has sent; empty where it has none. */
    public Optional<String> readFrom(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(written))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty());
    }

    public NewCookie create(String value, Duration lasts) {
        return new NewCookie.Builder(written)
                .value(value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                // so that it comes with the reader who follows a link to us, and not with what other sites send
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge((int) lasts.toSeconds())
                .build();
    }

    public NewCookie expired() {
        return create("", Duration.ZERO);
    }
}
