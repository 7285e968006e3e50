package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Price;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.gatefold.testing.PageClient;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import dev.gatefold.testing.TestPayments;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The buttons of the account page open the page of the billing portal that the reader needs. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class BillingPortalPagesTest {
    private final String subject = newSubject();
    private String token;
    private String subscription;

    @BeforeEach
    void subscribe() {
        token = issueToken(subject);
        withBearerToken(token).body(Map.of()).post("/v1/accounts").then().statusCode(201);
        subscription = TestPayments.subscribe(token);
    }

    /** Presses a button of the account page, and returns the URL of the portal. */
    private String open(String form) {
        return PageClient.signIn(subject, "en")
                .post(form, Map.of())
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
    }

    private static String show(String url) {
        return RestAssured.get(url).then().statusCode(200).extract().asString();
    }

    private static Response press(String portal, String action, Map<String, ?> fields) {
        return RestAssured.given().redirects().follow(false).formParams(fields).post(portal + "/" + action);
    }

    private static String priceId(String lookupKey) {
        return callStripe(() -> stripeClient()
                        .prices()
                        .list(PriceListParams.builder().addLookupKey(lookupKey).build()))
                .getData()
                .stream()
                .map(Price::getId)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void changingThePlanOpensThePlansAndReturnsToTheAccount() {
        String portal = open("/account/plan");
        assertThat(show(portal)).contains("Change plan").doesNotContain("Payment method");

        Response changed =
                press(portal, "change-plan", Map.of("subject", subscription, "price", priceId("presse_month")));
        TestPayments.runDueWork();

        assertThat(changed.header("Location")).endsWith("/account");
        assertThat(withBearerToken(token).get("/v1/me/membership").<String>path("plan"))
                .isEqualTo("presse");
    }

    @Test
    void updatingThePaymentMethodOpensThePaymentMethods() {
        String portal = open("/account/payment-method");

        assertThat(show(portal)).contains("Payment method").doesNotContain("Change plan");
        assertThat(press(portal, "good-card", Map.of()).header("Location")).endsWith("/account");
    }

    /** Stripe's portal does not change subscriptions with several items. */
    @Test
    void refusedPageFallsBackToTheOverview() {
        var secondItem = SubscriptionUpdateParams.builder()
                .addItem(SubscriptionUpdateParams.Item.builder()
                        .setPrice(priceId("presse_month"))
                        .build())
                .build();
        callStripe(() -> stripeClient().subscriptions().update(subscription, secondItem));

        assertThat(show(open("/account/plan"))).contains("Payment method", "Invoices");
    }

    @Test
    void portalOfTheApiIsTheOverview() {
        String url = withBearerToken(token).post("/v1/me/portal").path("url");

        assertThat(show(url)).contains("Change plan", "Payment method", "Invoices");
    }
}
