package dev.gatefold;

import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.someone;
import static dev.gatefold.Actors.token;
import static dev.gatefold.Actors.visitor;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.service.V1Services;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** What readers do at whoever bills, and what happens there. */
public final class Payments {
    private Payments() {}

    /** Begins a checkout; answers its session. */
    public static String checkout(String token) {
        return checkout(token, monthly(), UUID.randomUUID().toString())
                .then()
                .statusCode(201)
                .extract()
                .path("sessionId");
    }

    public static Map<String, String> monthly() {
        return Map.of("plan", "membership", "interval", "MONTH");
    }

    public static Response checkout(String token, Map<String, ?> wanted, String key) {
        return bearer(token).header("Idempotency-Key", key).body(wanted).post("/v1/me/checkout");
    }

    /** Does what one can do on the page of a session, such as {@code pay}; answers where the reader is sent. */
    public static URI at(String session, String action) {
        String redirect =
                control("POST", "/sessions/" + session + "/" + action, Map.of()).path("redirect");
        return URI.create(redirect);
    }

    /** Comes back from the page, as the browser does; answers where it is led on. */
    public static String comeBack(URI redirect) {
        return visitor()
                .redirects()
                .follow(false)
                .get(redirect.getPath() + "?" + redirect.getQuery())
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
    }

    /** Pays and comes back; answers the subscription. */
    public static String subscribe(String token) {
        String session = checkout(token);
        comeBack(at(session, "pay"));
        return subscriptionOf(session);
    }

    /** Stripe as its own client sees it: what is true. */
    public static V1Services stripe() {
        var config = ConfigProvider.getConfig();
        return StripeClient.builder()
                .setApiKey(config.getValue("gatefold.stripe.api-key", String.class))
                .setApiBase(config.getValue("gatefold.stripe.api-base", String.class))
                .build()
                .v1();
    }

    public static String subscriptionOf(String session) {
        return ask(() -> stripe().checkout().sessions().retrieve(session).getSubscription());
    }

    public static String customerOf(String subscription) {
        return ask(() -> stripe().subscriptions().retrieve(subscription).getCustomer());
    }

    /** A call of the client's. */
    public interface Asked<T> {
        T make() throws StripeException;
    }

    public static <T> T ask(Asked<T> call) {
        try {
            return call.make();
        } catch (StripeException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets the card of a subscription's customer decline, or be good again. */
    public static void card(String subscription, String behaviour) {
        control("PUT", "/customers/" + customerOf(subscription) + "/card", Map.of("behaviour", behaviour));
    }

    /** Has something happen to a subscription at Stripe, such as {@code dispute}. */
    public static void happens(String subscription, String what) {
        happens(subscription, what, Map.of());
    }

    public static void happens(String subscription, String what, Map<String, ?> how) {
        control("POST", "/subscriptions/" + subscription + "/" + what, how);
    }

    public static Response control(String method, String path, Map<String, ?> body) {
        Response answer = visitor().body(body).request(method, "/dev/stripe/controls" + path);
        answer.then().statusCode(200);
        return answer;
    }

    /** {@code DELIVER}, {@code HOLD} or {@code DROP}; and no doubling, shuffling or losing of some. */
    public static void webhooks(String mode) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("mode", mode);
        settings.put("duplicates", 0);
        settings.put("shuffle", null);
        settings.put("dropEvery", null);
        control("PUT", "/webhooks", settings);
    }

    /** {@code UP}, {@code FAIL}, {@code LIMIT}, {@code HANG} or {@code DOWN}. */
    public static void api(String mode) {
        control("PUT", "/api", Map.of("mode", mode));
    }

    /** Does all that is due at Stripe and here, without moving the clock. */
    public static void settle() {
        visitor().body(Map.of("advance", "PT0S")).put("/dev/clock").then().statusCode(200);
    }

    /** Compares with Stripe, as an administrator. */
    public static ValidatableResponse reconcile() {
        return bearer(token(someone(), "admin"))
                .post("/admin/v1/reconciliation")
                .then()
                .statusCode(200);
    }
}
