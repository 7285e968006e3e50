package dev.gatefold.sandbox.stripe.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Customer;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.billingportal.SessionCreateParams;
import dev.gatefold.sandbox.stripe.SandboxWebhookReceiver;
import dev.gatefold.sandbox.stripe.StripeSandboxFixture;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Uses the Checkout, portal and console pages as a browser without JavaScript does. */
class SandboxPagesTest {
    private final StripeSandboxFixture fixture = new StripeSandboxFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return response.headers().firstValue("Location").orElseThrow();
    }

    private String getPage(String path) {
        HttpResponse<String> response = fixture.send("GET", path, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("{{");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        return response.body();
    }

    @Test
    void checkoutPageShowsAmountAndDueDate() throws Exception {
        Session trial = fixture.createCheckout(fixture.createCustomer("ben@example.com"), 10);
        Session now = fixture.createCheckout(fixture.createCustomer("ann@example.com"), 0);

        assertThat(getPage("/pay/" + trial.getId()))
                .contains(
                        "1 × Membership, $9.99 per month",
                        "$0.00 due today",
                        "Then $9.99 per month, starting on 20 January 2027");
        assertThat(getPage("/pay/" + now.getId())).contains("$9.99 due today", "Next payment on 10 February 2027");
    }

    @Test
    void paymentRedirectsToSuccessUrl() throws Exception {
        Session session = fixture.createCheckout(fixture.createCustomer("ann@example.com"), 0);

        assertThat(location(fixture.send("POST", "/pay/" + session.getId() + "/pay", "")))
                .isEqualTo("http://localhost:8080/return?session_id=" + session.getId());
        assertThat(getPage("/pay/" + session.getId())).contains("This Checkout is complete");
        assertThat(fixture.send("POST", "/pay/" + session.getId() + "/pay", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void abandonedCheckoutRedirectsToCancelUrl() throws Exception {
        Session session = fixture.createCheckout(fixture.createCustomer("ann@example.com"), 0);

        assertThat(location(fixture.send("POST", "/pay/" + session.getId() + "/walk-away", "")))
                .isEqualTo("http://localhost:8080/plans");
    }

    @Test
    void declinedPaymentStaysOnCheckoutPage() throws Exception {
        Session session = fixture.createCheckout(fixture.createCustomer("ann@example.com"), 0);

        String redirect = location(fixture.send("POST", "/pay/" + session.getId() + "/decline", ""));

        assertThat(redirect).endsWith("/pay/" + session.getId());
        assertThat(getPage("/pay/" + session.getId())).contains("Your card was declined");
    }

    @Test
    void checkoutRedirectsAfterWebhookResponse() throws Exception {
        Session session = fixture.createCheckout(fixture.createCustomer("ann@example.com"), 0);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (SandboxWebhookReceiver receiver = fixture.receiver();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            receiver.delayResponseOf("checkout.session.completed", mayAnswer);
            var paying = threads.submit(() -> fixture.send("POST", "/pay/" + session.getId() + "/pay", ""));
            Assertions.assertThatThrownBy(() -> paying.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);

            mayAnswer.countDown();

            assertThat(paying.get().statusCode()).isEqualTo(303);
        }
    }

    private String openPortal(String customer) throws Exception {
        return fixture.stripe
                .billingPortal()
                .sessions()
                .create(SessionCreateParams.builder()
                        .setCustomer(customer)
                        .setReturnUrl("http://localhost:8080/me")
                        .build())
                .getUrl()
                .substring(fixture.sandbox.url().length());
    }

    @Test
    void portalCancelsAndRevertsCancellation() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        String portal = openPortal(subscription.getCustomer());
        String subject = "subject=" + subscription.getId();
        assertThat(getPage(portal))
                .contains("$9.99 per month", "Renews on 10 February 2027", "card ending in 4242", "SANDBOX-0001")
                .contains("href=\"http://localhost:8080/me\"");

        location(fixture.send("POST", portal + "/cancel", subject));
        Subscription canceled = fixture.subscription(subscription.getId());
        assertThat(canceled.getCancelAtPeriodEnd())
                .as("the portal sets cancel_at alone")
                .isFalse();
        assertThat(canceled.getCancelAt())
                .isEqualTo(subscription.getItems().getData().getFirst().getCurrentPeriodEnd());
        assertThat(getPage(portal)).contains("Ends on 10 February 2027");

        location(fixture.send("POST", portal + "/undo", subject));
        assertThat(fixture.subscription(subscription.getId()).getCancelAt()).isNull();
    }

    @Test
    void portalReplacesCardAndPaysInvoice() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        String portal = openPortal(subscription.getCustomer());
        location(fixture.send("POST", portal + "/declining-card", ""));
        fixture.moveClockTo("2027-02-10T13:00:00Z");
        assertThat(fixture.status(subscription)).isEqualTo("past_due");
        assertThat(getPage(portal)).contains("card ending in 0341", "Pay invoice");

        location(fixture.send("POST", portal + "/good-card", ""));
        String invoice = fixture.subscription(subscription.getId()).getLatestInvoice();
        location(fixture.send("POST", portal + "/pay", "subject=" + invoice));

        assertThat(fixture.status(subscription)).isEqualTo("active");
    }

    @Test
    void portalRejectsSubscriptionOfAnotherCustomer() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        String another = openPortal(fixture.createCustomer("ben@example.com").getId());

        assertThat(fixture.send("POST", another + "/cancel", "subject=" + subscription.getId())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void consoleShowsStateAndRunsActions() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        Customer customer = fixture.createCustomer("<script>{{id}}@example.com");
        fixture.createCheckout(customer, 0);
        assertThat(getPage("/"))
                .contains(subscription.getId(), "checkout.session.completed", "Resend")
                .contains("&lt;script&gt;&#123;&#123;id}}@example.com");

        location(fixture.send("POST", "/do/PUT/webhooks", "mode=HOLD&url=&shuffle=&duplicates=2"));
        location(fixture.send("POST", "/do/PUT/api", "mode=FAIL&latencyMs=0&failEvery="));
        location(fixture.send("POST", "/do/POST/subscriptions/" + subscription.getId() + "/dispute", ""));
        location(fixture.send(
                "POST", "/do/PUT/customers/" + subscription.getCustomer() + "/card", "behaviour=DECLINES"));

        assertThat(getPage("/")).contains("<option selected>HOLD</option>", "<option selected>FAIL</option>");
        assertThat(fixture.send("GET", "/controls", "").body()).contains("charge.dispute.created");
    }

    @Test
    void consoleRejectsForeignOrigin() {
        var response = fixture.send("POST", "/do/DELETE", "", "Origin", "https://elsewhere.example");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(fixture.send("POST", "/do/DELETE", "", "Origin", fixture.sandbox.url())
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void unknownPageGets404() {
        assertThat(fixture.send("GET", "/pay/cs_test_gone", "").statusCode()).isEqualTo(404);
        assertThat(fixture.send("GET", "/nothing", "").statusCode()).isEqualTo(404);
        assertThat(fixture.send("PUT", "/controls/nothing", "").statusCode()).isEqualTo(404);
        assertThat(fixture.send("PUT", "/controls/api", "{\"mode\": \"ODD\"}").statusCode())
                .isEqualTo(400);
        assertThat(fixture.send("PUT", "/controls/api", "{").statusCode()).isEqualTo(400);
    }
}
