package dev.gatefold;

import static dev.gatefold.Actors.bearer;
import static dev.gatefold.Actors.visitor;

import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What readers do at whoever bills, and what happens there. */
public final class Payments {
    private Payments() {}

    /** Begins a checkout; answers its session. */
    public static String checkout(String token) {
        return checkout(
                        token,
                        Map.of("plan", "membership", "interval", "MONTH"),
                        UUID.randomUUID().toString())
                .then()
                .statusCode(201)
                .extract()
                .path("sessionId");
    }

    public static Response checkout(String token, Map<String, ?> wanted, String key) {
        return bearer(token).header("Idempotency-Key", key).body(wanted).post("/v1/me/checkout");
    }

    /** Does what one can do on the page of a session: {@code pay}, {@code decline}; answers where the reader is sent. */
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

    /** Pays and comes back: a member from here on. */
    public static void pay(String token) {
        comeBack(at(checkout(token), "pay"));
    }

    public static Response control(String method, String path, Map<String, ?> body) {
        Response answer = visitor().body(body).request(method, "/dev/stripe/controls" + path);
        answer.then().statusCode(200);
        return answer;
    }

    public static void webhooks(String mode) {
        var unset = new java.util.HashMap<String, Object>();
        unset.put("mode", mode);
        unset.put("duplicates", 0);
        unset.put("shuffle", null);
        unset.put("dropEvery", null);
        control("PUT", "/webhooks", unset);
    }

    /** Does all that is due at whoever bills and here, without moving the clock. */
    public static void settle() {
        visitor().body(Map.of("advance", "PT0S")).put("/dev/clock").then().statusCode(200);
    }

    /** What Stripe says of the account's subscriptions, each whole. */
    public static List<Map<String, Object>> subscriptions(String account) {
        List<Map<String, Object>> all = visitor()
                .header("Authorization", "Bearer " + System.getProperty("unused", ""))
                .get("/dev/stripe/v1/subscriptions?status=all&limit=100")
                .path("data");
        return all;
    }
}
