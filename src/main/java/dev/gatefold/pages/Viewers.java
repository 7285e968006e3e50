package dev.gatefold.pages;

import dev.gatefold.kernel.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds out who looks at a page, and in which of our languages. */
@Singleton
class Viewers {
    private static final List<Locale> SPOKEN = List.of(Locale.ENGLISH, Locale.GERMAN);

    private final Sessions sessions;

    Viewers(Sessions sessions) {
        this.sessions = sessions;
    }

    Viewer of(HttpHeaders request, Instant at) {
        Optional<String> secret = cookie(request, Cookies.SESSION);
        return new Viewer(
                secret.flatMap(it -> sessions.reader(it, at)),
                cookie(request, Cookies.KNOWN).isPresent(),
                secret.map(Viewers::csrf).orElse(""),
                locale(request));
    }

    static Optional<String> cookie(HttpHeaders request, Cookies which) {
        return Optional.ofNullable(request.getCookies().get(which.written()))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty());
    }

    /** Something that only who knows the session's secret can say, and from which it cannot be told. */
    private static String csrf(String secret) {
        return Secrets.base64(Secrets.hash("form " + secret));
    }

    /** Whoever has sent a form of ours; a problem where it came from elsewhere, or the session has ended. */
    Viewer sender(HttpHeaders request, String csrf, Instant at) {
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

    private static Locale locale(HttpHeaders request) {
        try {
            List<Locale.LanguageRange> wanted = Optional.ofNullable(
                            request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE))
                    .map(Locale.LanguageRange::parse)
                    .orElse(List.of());
            return Optional.ofNullable(Locale.lookup(wanted, SPOKEN)).orElse(Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }
}
