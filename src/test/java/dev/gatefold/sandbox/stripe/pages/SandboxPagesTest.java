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

    private String openFlow(Subscription subscription, String flow) {
        String form = "customer=" + subscription.getCustomer() + "&return_url=http://localhost:8080/me&" + flow
                + "&flow_data[after_completion][type]=redirect"
                + "&flow_data[after_completion][redirect][return_url]=http://localhost:8080/done";
        String url = fixture.callApi("POST", "billing_portal/sessions", form)
                .path("url")
                .asText();
        return url.substring(fixture.sandbox.url().length());
    }

    private static String updateFlow(String subscription) {
        return "flow_data[type]=subscription_update&flow_data[subscription_update][subscription]=" + subscription;
    }

    @Test
    void portalChangesPlanAndInvoicesProration() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        fixture.moveClockTo("2027-01-26T00:00:00Z");
        String portal = openPortal(subscription.getCustomer());
        assertThat(getPage(portal)).contains("Deutsche Presse, $5.99 per month", "Membership, $99.00 per year");

        location(fixture.send(
                "POST",
                portal + "/change-plan",
                "subject=" + subscription.getId() + "&price=" + fixture.priceId("membership_year")));

        assertThat(fixture.subscription(subscription.getId())
                        .getItems()
                        .getData()
                        .getFirst()
                        .getPrice()
                        .getLookupKey())
                .isEqualTo("membership_year");
        // $99.00 less half of $9.99
        assertThat(getPage(portal)).contains("Your plan is changed.", "$94.00");
        assertThat(getPage(portal)).doesNotContain("Your plan is changed.");
    }

    @Test
    void updateFlowShowsOnlyPlansAndReturns() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        String flow = openFlow(subscription, updateFlow(subscription.getId()));
        assertThat(getPage(flow)).contains("Change plan").doesNotContain("Invoices", "Payment method");

        String back = location(fixture.send(
                "POST",
                flow + "/change-plan",
                "subject=" + subscription.getId() + "&price=" + fixture.priceId("presse_month")));

        assertThat(back).isEqualTo("http://localhost:8080/done");
    }

    @Test
    void paymentMethodFlowShowsOnlyPaymentMethodsAndReturns() throws Exception {
        String flow = openFlow(fixture.createSubscription("pay", 0), "flow_data[type]=payment_method_update");
        assertThat(getPage(flow)).contains("Payment method").doesNotContain("Invoices", "Change plan");

        assertThat(location(fixture.send("POST", flow + "/good-card", ""))).isEqualTo("http://localhost:8080/done");
    }

    @Test
    void cancelFlowCancelsSubscription() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        String flow = openFlow(
                subscription,
                "flow_data[type]=subscription_cancel&flow_data[subscription_cancel][subscription]="
                        + subscription.getId());
        assertThat(getPage(flow)).contains("Cancel subscription").doesNotContain("Invoices", "Change plan");

        location(fixture.send("POST", flow + "/cancel", "subject=" + subscription.getId()));

        assertThat(fixture.subscription(subscription.getId()).getCancelAt()).isNotNull();
    }

    @Test
    void flowForSubscriptionOfAnotherCustomerIsRejected() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        String form = "customer=" + fixture.createCustomer("ben@example.com").getId() + "&"
                + updateFlow(subscription.getId());

        assertThat(fixture.send(
                                "POST",
                                "/v1/billing_portal/sessions",
                                form,
                                "Authorization",
                                "Bearer " + fixture.sandbox.apiKey())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void portalResumesPausedSubscription() throws Exception {
        Customer customer = fixture.createCustomer("leo@example.com");
        String id = fixture.callApi(
                        "POST",
                        "subscriptions",
                        "customer=" + customer.getId() + "&items[0][price]=" + fixture.priceId("membership_month")
                                + "&trial_period_days=7"
                                + "&trial_settings[end_behavior][missing_payment_method]=pause")
                .path("id")
                .asText();
        fixture.advanceDays(8);
        String portal = openPortal(customer.getId());
        assertThat(getPage(portal)).contains("Paused, because it has no payment method", "Resume subscription");

        location(fixture.send("POST", portal + "/good-card", ""));
        location(fixture.send("POST", portal + "/resume", "subject=" + id));

        assertThat(fixture.subscription(id).getStatus()).isEqualTo("active");
        assertThat(fixture.eventTypes()).contains("customer.subscription.resumed", "invoice.paid");
    }

    @Test
    void portalResumesCollection() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        fixture.callApi("POST", "subscriptions/" + subscription.getId(), "pause_collection[behavior]=void");
        String portal = openPortal(subscription.getCustomer());
        assertThat(getPage(portal)).contains("payments are paused");

        location(fixture.send("POST", portal + "/resume-collection", "subject=" + subscription.getId()));

        assertThat(fixture.subscription(subscription.getId()).getPauseCollection())
                .isNull();
    }

    @Test
    void invoicePageCollectsInvoice() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        fixture.send("POST", openPortal(subscription.getCustomer()) + "/declining-card", "");
        fixture.moveClockTo("2027-02-10T13:00:00Z");
        String page = "/invoice/" + fixture.subscription(subscription.getId()).getLatestInvoice();
        assertThat(getPage(page)).contains("1 × Membership, $9.99", "$9.99 due", "Not paid yet.");

        location(fixture.send("POST", page + "/declining-card", ""));
        assertThat(getPage(page)).contains("Your payment method was declined.", "Not paid yet.");
        location(fixture.send("POST", page + "/good-card", ""));

        assertThat(getPage(page)).contains("The invoice is paid.", "$0.00 due").doesNotContain("Pay with");
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
