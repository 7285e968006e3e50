package dev.gatefold.web.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.NewCookie;
import java.util.Arrays;
import java.util.Optional;

/**
 * A message about what the reader has just done, shown once on the next page. A short-lived cookie carries it over
 * redirects, so that URLs stay free of it and reloading the page does not repeat it.
 */
public enum PageMessage {
    /** The checkout is complete, and access has begun. */
    MEMBERSHIP_STARTED,
    /** The checkout is complete, and its payment is in progress. */
    ORDER_RECEIVED,
    /** The reader returned from the checkout, but the billing provider did not confirm the payment yet. */
    PAYMENT_UNCONFIRMED,
    TRIAL_STARTED,
    MEMBERSHIP_CANCELED,
    CANCELLATION_UNDONE,
    /** The billing provider refused the change: the reader can make it in the billing portal. */
    CHANGE_REFUSED,
    MEMBERSHIP_RESUMED,
    /** There is no open invoice to pay. */
    NOTHING_DUE,
    ACCOUNT_DELETED;

    private static final String COOKIE = "__Host-gatefold-message";
    private static final int MAX_AGE_SECONDS = 120;

    /** Returns the message that the browser carries, or empty. */
    public static Optional<PageMessage> readFrom(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(COOKIE))
                .map(Cookie::getValue)
                .flatMap(value -> Arrays.stream(values())
                        .filter(message -> message.name().equals(value))
                        .findFirst());
    }

    /** Returns the cookie that shows this message on the next page. */
    public NewCookie cookie() {
        return cookie(name(), MAX_AGE_SECONDS);
    }

    /** Returns the cookie that removes a message that was shown. */
    public static NewCookie shown() {
        return cookie("", 0);
    }

    private static NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge(maxAge)
                .build();
    }
}
