package dev.gatefold.testing;

import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.param.SubscriptionListParams;
import com.stripe.service.V1Services;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** What readers do at whoever bills, and what happens there. */
public final class TestPayments {
    private static final SubscriptionListParams ALL_LIVE =
            SubscriptionListParams.builder().setLimit(100L).build();

    private TestPayments() {}

    /** Begins a checkout; answers its session. */
    public static String startCheckout(String token) {
        return startCheckout(token, monthlyMembership(), UUID.randomUUID().toString())
                .then()
                .statusCode(201)
                .extract()
                .path("sessionId");
    }

    public static Map<String, String> monthlyMembership() {
        return Map.of("plan", "membership", "interval", "MONTH");
    }

    public static Response startCheckout(String token, Map<String, ?> wanted, String key) {
        return withBearerToken(token)
                .header("Idempotency-Key", key)
                .body(wanted)
                .post("/v1/me/checkout");
    }

    /** Does what one can do on the page of a session, such as {@code pay}; answers where the reader is sent. */
    public static URI actOnCheckoutPage(String session, String action) {
        String redirect = sandboxControl("POST", "/sessions/" + session + "/" + action, Map.of())
                .path("redirect");
        return URI.create(redirect);
    }

    /** Comes back from the page, as the browser does; answers where it is led on. */
    public static String followReturnUrl(URI redirect) {
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
        String session = startCheckout(token);
        followReturnUrl(actOnCheckoutPage(session, "pay"));
        return subscriptionOf(session);
    }

    /** Stripe as its own client sees it: what is true. */
    public static V1Services stripeClient() {
        var config = ConfigProvider.getConfig();
        return StripeClient.builder()
                .setApiKey(config.getValue("gatefold.stripe.api-key", String.class))
                .setApiBase(config.getValue("gatefold.stripe.api-base", String.class))
                .build()
                .v1();
    }

    public static String subscriptionOf(String session) {
        return callStripe(
                () -> stripeClient().checkout().sessions().retrieve(session).getSubscription());
    }

    public static String customerOf(String subscription) {
        return callStripe(
                () -> stripeClient().subscriptions().retrieve(subscription).getCustomer());
    }

    /** A call of the client's. */
    public interface StripeClientCall<T> {
        T execute() throws StripeException;
    }

    public static <T> T callStripe(StripeClientCall<T> call) {
        try {
            return call.execute();
        } catch (StripeException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets the card of a subscription's customer decline, or be good again. */
    public static void setCardBehaviour(String subscription, String behaviour) {
        sandboxControl("PUT", "/customers/" + customerOf(subscription) + "/card", Map.of("behaviour", behaviour));
    }

    /** Has something happen to a subscription at Stripe, such as {@code dispute}. */
    public static void triggerOnSubscription(String subscription, String what) {
        triggerOnSubscription(subscription, what, Map.of());
    }

    public static void triggerOnSubscription(String subscription, String what, Map<String, ?> how) {
        sandboxControl("POST", "/subscriptions/" + subscription + "/" + what, how);
    }

    public static Response sandboxControl(String method, String path, Map<String, ?> body) {
        Response answer = visitor().body(body).request(method, "/dev/stripe/controls" + path);
        answer.then().statusCode(200);
        return answer;
    }

    /** {@code DELIVER}, {@code HOLD} or {@code DROP}; and no doubling, shuffling or losing of some. */
    public static void setWebhookMode(String mode) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("mode", mode);
        settings.put("duplicates", 0);
        settings.put("shuffle", null);
        settings.put("dropEvery", null);
        sandboxControl("PUT", "/webhooks", settings);
    }

    /** {@code UP}, {@code FAIL}, {@code LIMIT}, {@code HANG} or {@code DOWN}. */
    public static void setStripeApiMode(String mode) {
        sandboxControl("PUT", "/api", Map.of("mode", mode));
    }

    /** Does all that is due at Stripe and here, without moving the clock. */
    public static void runDueWork() {
        visitor().body(Map.of("advance", "PT0S")).put("/dev/clock").then().statusCode(200);
    }

    /** Compares with Stripe, as an administrator. */
    public static ValidatableResponse reconcile() {
        return withBearerToken(issueToken(newSubject(), "admin"))
                .post("/admin/v1/reconciliation")
                .then()
                .statusCode(200);
    }

    /** Returns the ids of the events that the sandbox holds back, the oldest first. */
    public static List<String> heldEvents() {
        return visitor().get("/dev/stripe/controls").path("held.id");
    }

    /** Delivers held events in the given order, and waits until their effects are stored. */
    public static void releaseEvents(List<String> order) {
        sandboxControl("POST", "/webhooks/release", Map.of("order", order));
        runDueWork();
    }

    /**
     * Restores the sandbox's defaults, and removes every subscription after ending it, so that later tests neither bill
     * nor compare any of them.
     */
    public static void resetStripe() {
        boolean delivered = visitor()
                .get("/dev/stripe/controls")
                .then()
                .extract()
                .path("webhooks.mode")
                .equals("DELIVER");
        setStripeApiMode("UP");
        setWebhookMode("DELIVER");
        sandboxControl("PUT", "/billing", Map.of("afterRetries", "CANCEL"));
        List<Subscription> live =
                callStripe(() -> stripeClient().subscriptions().list(ALL_LIVE).getData());
        live.forEach(subscription -> triggerOnSubscription(subscription.getId(), "cancel"));
        runDueWork();
        if (!delivered) {
            reconcile();
        }
        sandboxControl("DELETE", "/subscriptions", Map.of());
    }
}
