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

/** The pages, as a browser without scripts uses them. */
class SandboxPagesTest {
    private final StripeSandboxFixture stage = new StripeSandboxFixture();

    @AfterEach
    void close() {
        stage.close();
    }

    private static String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return response.headers().firstValue("Location").orElseThrow();
    }

    private String getPage(String path) {
        HttpResponse<String> response = stage.send("GET", path, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("{{");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        return response.body();
    }

    @Test
    void checkoutPageShowsAmountAndDueDate() throws Exception {
        Session trial = stage.createCheckout(stage.createCustomer("ben@example.com"), 10);
        Session now = stage.createCheckout(stage.createCustomer("ann@example.com"), 0);

        assertThat(getPage("/pay/" + trial.getId()))
                .contains(
                        "1 × Membership, $9.99 each month", "$0.00 due today", "$9.99 each month from 20 January 2027");
        assertThat(getPage("/pay/" + now.getId())).contains("$9.99 due today", "next on 10 February 2027");
    }

    @Test
    void paymentRedirectsToSuccessUrl() throws Exception {
        Session session = stage.createCheckout(stage.createCustomer("ann@example.com"), 0);

        assertThat(location(stage.send("POST", "/pay/" + session.getId() + "/pay", "")))
                .isEqualTo("http://localhost:8080/return?session_id=" + session.getId());
        assertThat(getPage("/pay/" + session.getId())).contains("This Checkout is complete");
        assertThat(stage.send("POST", "/pay/" + session.getId() + "/pay", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void abandonedCheckoutRedirectsToCancelUrl() throws Exception {
        Session session = stage.createCheckout(stage.createCustomer("ann@example.com"), 0);

        assertThat(location(stage.send("POST", "/pay/" + session.getId() + "/walk-away", "")))
                .isEqualTo("http://localhost:8080/plans");
    }

    @Test
    void declinedPaymentStaysOnCheckoutPage() throws Exception {
        Session session = stage.createCheckout(stage.createCustomer("ann@example.com"), 0);

        String there = location(stage.send("POST", "/pay/" + session.getId() + "/decline", ""));

        assertThat(there).endsWith("/pay/" + session.getId());
        assertThat(getPage("/pay/" + session.getId())).contains("Your card was declined");
    }

    @Test
    void checkoutRedirectsAfterWebhookResponse() throws Exception {
        Session session = stage.createCheckout(stage.createCustomer("ann@example.com"), 0);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (SandboxWebhookReceiver receiver = stage.receiver();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            receiver.delayResponseOf("checkout.session.completed", mayAnswer);
            var paying = threads.submit(() -> stage.send("POST", "/pay/" + session.getId() + "/pay", ""));
            Assertions.assertThatThrownBy(() -> paying.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);

            mayAnswer.countDown();

            assertThat(paying.get().statusCode()).isEqualTo(303);
        }
    }

    private String openPortal(String customer) throws Exception {
        return stage.stripe
                .billingPortal()
                .sessions()
                .create(SessionCreateParams.builder()
                        .setCustomer(customer)
                        .setReturnUrl("http://localhost:8080/me")
                        .build())
                .getUrl()
                .substring(stage.sandbox.url().length());
    }

    @Test
    void portalCancelsAndRevertsCancellation() throws Exception {
        Subscription subscription = stage.createSubscription("pay", 0);
        String portal = openPortal(subscription.getCustomer());
        String subject = "subject=" + subscription.getId();
        assertThat(getPage(portal))
                .contains("$9.99 each month", "Renews on 10 February 2027", "card ending in 4242", "SANDBOX-0001")
                .contains("href=\"http://localhost:8080/me\"");

        location(stage.send("POST", portal + "/cancel", subject));
        Subscription canceled = stage.subscription(subscription.getId());
        assertThat(canceled.getCancelAtPeriodEnd())
                .as("the portal names the instant alone")
                .isFalse();
        assertThat(canceled.getCancelAt())
                .isEqualTo(subscription.getItems().getData().getFirst().getCurrentPeriodEnd());
        assertThat(getPage(portal)).contains("Ends on 10 February 2027");

        location(stage.send("POST", portal + "/undo", subject));
        assertThat(stage.subscription(subscription.getId()).getCancelAt()).isNull();
    }

    @Test
    void portalReplacesCardAndPaysInvoice() throws Exception {
        Subscription subscription = stage.createSubscription("pay", 0);
        String portal = openPortal(subscription.getCustomer());
        location(stage.send("POST", portal + "/declining-card", ""));
        stage.moveClockTo("2027-02-10T13:00:00Z");
        assertThat(stage.status(subscription)).isEqualTo("past_due");
        assertThat(getPage(portal)).contains("card ending in 0341", "Pay now");

        location(stage.send("POST", portal + "/good-card", ""));
        String invoice = stage.subscription(subscription.getId()).getLatestInvoice();
        location(stage.send("POST", portal + "/pay", "subject=" + invoice));

        assertThat(stage.status(subscription)).isEqualTo("active");
    }

    @Test
    void portalRejectsSubscriptionOfAnotherCustomer() throws Exception {
        Subscription subscription = stage.createSubscription("pay", 0);
        String another = openPortal(stage.createCustomer("ben@example.com").getId());

        assertThat(stage.send("POST", another + "/cancel", "subject=" + subscription.getId())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void consoleShowsStateAndRunsActions() throws Exception {
        Subscription subscription = stage.createSubscription("pay", 0);
        Customer odd = stage.createCustomer("<script>{{id}}@example.com");
        stage.createCheckout(odd, 0);
        assertThat(getPage("/"))
                .contains(subscription.getId(), "checkout.session.completed", "Deliver again")
                .contains("&lt;script&gt;&#123;&#123;id}}@example.com");

        location(stage.send("POST", "/do/PUT/webhooks", "mode=HOLD&url=&shuffle=&duplicates=2"));
        location(stage.send("POST", "/do/PUT/api", "mode=FAIL&latencyMs=0&failEvery="));
        location(stage.send("POST", "/do/POST/subscriptions/" + subscription.getId() + "/dispute", ""));
        location(stage.send("POST", "/do/PUT/customers/" + subscription.getCustomer() + "/card", "behaviour=DECLINES"));

        assertThat(getPage("/")).contains("<option selected>HOLD</option>", "<option selected>FAIL</option>");
        assertThat(stage.send("GET", "/controls", "").body()).contains("charge.dispute.created");
    }

    @Test
    void consoleRejectsForeignOrigin() {
        var refused = stage.send("POST", "/do/DELETE", "", "Origin", "https://elsewhere.example");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(stage.send("POST", "/do/DELETE", "", "Origin", stage.sandbox.url())
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void unknownPageGets404() {
        assertThat(stage.send("GET", "/pay/cs_test_gone", "").statusCode()).isEqualTo(404);
        assertThat(stage.send("GET", "/nothing", "").statusCode()).isEqualTo(404);
        assertThat(stage.send("PUT", "/controls/nothing", "").statusCode()).isEqualTo(404);
        assertThat(stage.send("PUT", "/controls/api", "{\"mode\": \"ODD\"}").statusCode())
                .isEqualTo(400);
        assertThat(stage.send("PUT", "/controls/api", "{").statusCode()).isEqualTo(400);
    }
}
