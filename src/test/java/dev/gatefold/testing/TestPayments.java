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

/** Readers' actions at the payment provider, and the Stripe sandbox's controls. */
public final class TestPayments {
    private static final SubscriptionListParams ALL_LIVE =
            SubscriptionListParams.builder().setLimit(100L).build();

    private TestPayments() {}

    /** Starts a checkout, and returns the session's id. */
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

    public static Response startCheckout(String token, Map<String, ?> body, String key) {
        return withBearerToken(token).header("Idempotency-Key", key).body(body).post("/v1/me/checkout");
    }

    /** Performs an action on the checkout page, such as {@code pay}, and returns the URL of the redirect. */
    public static URI actOnCheckoutPage(String session, String action) {
        String redirect = sandboxControl("POST", "/sessions/" + session + "/" + action, Map.of())
                .path("redirect");
        return URI.create(redirect);
    }

    /** Requests the return URL as the browser does, and returns the target of the next redirect. */
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

    /** Completes a checkout, and returns the subscription's id. */
    public static String subscribe(String token) {
        String session = startCheckout(token);
        followReturnUrl(actOnCheckoutPage(session, "pay"));
        return subscriptionOf(session);
    }

    /** Returns Stripe's client, which reads the sandbox's state directly. */
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

    /** A call of Stripe's client. */
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

    /** Sets how the card of a subscription's customer behaves, such as {@code DECLINES}. */
    public static void setCardBehaviour(String subscription, String behaviour) {
        sandboxControl("PUT", "/customers/" + customerOf(subscription) + "/card", Map.of("behaviour", behaviour));
    }

    /** Triggers an event on a subscription at Stripe, such as {@code dispute}. */
    public static void triggerOnSubscription(String subscription, String action) {
        triggerOnSubscription(subscription, action, Map.of());
    }

    public static void triggerOnSubscription(String subscription, String action, Map<String, ?> body) {
        sandboxControl("POST", "/subscriptions/" + subscription + "/" + action, body);
    }

    public static Response sandboxControl(String method, String path, Map<String, ?> body) {
        Response response = visitor().body(body).request(method, "/dev/stripe/controls" + path);
        response.then().statusCode(200);
        return response;
    }

    /** Sets the webhook mode: {@code DELIVER}, {@code HOLD} or {@code DROP}, without duplicates, shuffling or losses. */
    public static void setWebhookMode(String mode) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("mode", mode);
        settings.put("duplicates", 0);
        settings.put("shuffle", null);
        settings.put("dropEvery", null);
        sandboxControl("PUT", "/webhooks", settings);
    }

    /** Sets the mode of Stripe's API: {@code UP}, {@code FAIL}, {@code LIMIT}, {@code HANG} or {@code DOWN}. */
    public static void setStripeApiMode(String mode) {
        sandboxControl("PUT", "/api", Map.of("mode", mode));
    }

    /** Runs the work that is due at Stripe and in the service, without moving the clock. */
    public static void runDueWork() {
        visitor().body(Map.of("advance", "PT0S")).put("/dev/clock").then().statusCode(200);
    }

    /** Runs the reconciliation with Stripe as an administrator. */
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
     * nor reconcile any of them.
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
