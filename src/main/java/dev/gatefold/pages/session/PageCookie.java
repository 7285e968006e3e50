package dev.gatefold.pages.session;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Optional;

/** Cookies of the pages: host-only ({@code __Host-}), secure, and not readable by scripts. */
public enum PageCookie {
    /** Secret of the browser session. */
    SESSION("__Host-gatefold"),
    /** Secret of the browser that all its sign-ins in progress share. */
    SIGN_IN("__Host-gatefold-sign-in"),
    /** ID token of the session, which tells the issuer whose session to end at sign-out. It authorizes nothing here. */
    ID_TOKEN("__Host-gatefold-id-token"),
    /** Marks a browser where a reader signed in before. Does not identify the reader. */
    PREVIOUSLY_SIGNED_IN("__Host-gatefold-known"),
    /** Visitor token, which identifies a visitor to the meter. Does not contain the meter's count. */
    VISITOR("__Host-gatefold-visitor"),
    /** Code of a share link that the browser followed. */
    SHARE("__Host-gatefold-share");

    private final String cookieName;

    PageCookie(String cookieName) {
        this.cookieName = cookieName;
    }

    /** Returns the value that the browser sent, or empty. */
    public Optional<String> readFrom(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(cookieName))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty());
    }

    /** Returns the cookie to set, with a maximum age in whole seconds. */
    public NewCookie create(String value, Duration maxAge) {
        return new NewCookie.Builder(cookieName)
                .value(value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                // LAX: sent when the reader follows a link to us, not with requests that other sites make
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge((int) maxAge.toSeconds())
                .build();
    }

    /** Returns a cookie that deletes this one in the browser. */
    public NewCookie expired() {
        return create("", Duration.ZERO);
    }
}
