package dev.gatefold.pages;

import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;

/** Our cookies: of this host alone, over TLS alone, and not for scripts. */
enum Cookies {
    /** Of a browser that is signed in. */
    SESSION("__Host-gatefold"),
    /** Of a browser that has gone to the issuer to sign in. */
    SIGN_IN("__Host-gatefold-sign-in"),
    /** That somebody has been signed in here before, and nothing of who it was: such a one is not sold a trial. */
    KNOWN("__Host-gatefold-known");

    private final String written;

    Cookies(String written) {
        this.written = written;
    }

    String written() {
        return written;
    }

    NewCookie of(String value, Duration lasts) {
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

    NewCookie ended() {
        return of("", Duration.ZERO);
    }
}
