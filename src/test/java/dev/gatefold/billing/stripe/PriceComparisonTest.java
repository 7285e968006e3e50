package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.TestCallers.MEMBERS_ONLY;
import static dev.gatefold.testing.TestCallers.issueToken;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestCallers.newSubject;
import static dev.gatefold.testing.TestCallers.visitor;
import static dev.gatefold.testing.TestCallers.withBearerToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.monthlyMembership;
import static dev.gatefold.testing.TestPayments.reconcile;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.setStripeApiMode;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.stripe.model.Price;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceCreateParams.Recurring.Interval;
import com.stripe.param.PriceListParams;
import com.stripe.param.PriceUpdateParams;
import dev.gatefold.testing.PageClient;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Readers are shown the price that Stripe charges, also where the imported plans say something else. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class PriceComparisonTest {
    private static final String KEY = "membership_month";

    @Inject
    MeterRegistry metrics;

    private Price original;

    @BeforeEach
    void findOriginalPrice() {
        PriceListParams byKey = PriceListParams.builder().addLookupKey(KEY).build();
        original =
                callStripe(() -> stripeClient().prices().list(byKey).getData().getFirst());
        reconcile();
    }

    @AfterEach
    void restoreOriginalPrice() {
        setStripeApiMode("UP");
        setWebhookMode("DELIVER");
        callStripe(() -> stripeClient()
                .prices()
                .update(
                        original.getId(),
                        PriceUpdateParams.builder()
                                .setActive(true)
                                .setLookupKey(KEY)
                                .setTransferLookupKey(true)
                                .build()));
        reconcile();
        assertShown(999);
    }

    @Test
    void priceThatReplacesAnotherAtStripeIsShownAndCharged() {
        Price replacement = createPrice(price(1299));
        runDueWork();

        assertShown(1299);
        assertThat(differences()).isEqualTo(1);
        String reader = newAccountToken();
        withBearerToken(reader)
                .queryParam("url", MEMBERS_ONLY)
                .get("/v1/access")
                .then()
                .body("offers[0].price.amount", is(1299));
        assertThat(PageClient.signIn(newSubject(), "en").get("/account").asString())
                .contains("$12.99 per month");
        String session = startCheckout(reader);
        assertThat(callStripe(() -> stripeClient().checkout().sessions().retrieve(session))
                        .getAmountTotal())
                .isEqualTo(replacement.getUnitAmount());
    }

    @Test
    void reconciliationFindsPriceWhoseEventWasLost() {
        setWebhookMode("DROP");
        createPrice(price(1399));
        runDueWork();
        assertShown(999);

        reconcile();

        assertShown(1399);
    }

    @Test
    void importKeepsStripesPriceOfAnUnchangedPlan() throws IOException {
        createPrice(price(1299));
        runDueWork();

        importPlans("999 usd").body("changed", is(0));
        assertShown(1299);

        importPlans("1299 usd").body("changed", is(1));
        assertShown(1299);
        assertThat(differences()).isZero();

        importPlans("999 usd").body("changed", is(1));
        assertThat(differences()).isEqualTo(1);
    }

    @Test
    void importSucceedsWhileStripeIsDown() throws IOException {
        setStripeApiMode("DOWN");

        importPlans("999 usd").body("unchanged", is(2));
    }

    @Test
    void priceWithoutFixedAmountIsOfferedWithoutAmount() {
        createPrice(price(0).setUnitAmount(null).setUnitAmountDecimal(new BigDecimal("999.5")));
        runDueWork();

        assertShownWithoutAmount();
    }

    @Test
    void priceOfAnotherPeriodIsOfferedWithoutAmount() {
        createPrice(price(4900)
                .setRecurring(PriceCreateParams.Recurring.builder()
                        .setInterval(Interval.MONTH)
                        .setIntervalCount(6L)
                        .build()));
        runDueWork();

        assertShownWithoutAmount();
    }

    @Test
    void planWithoutActivePriceIsReportedAndNotSold() {
        archiveOriginal();
        runDueWork();

        assertThat(differences()).isEqualTo(1);
        startCheckout(newAccountToken(), monthlyMembership(), UUID.randomUUID().toString())
                .then()
                .statusCode(503);
    }

    @Test
    void checkoutAtArchivedPriceIsRefusedAndShowsTheNewOne() {
        setWebhookMode("DROP");
        createPrice(price(1499));
        archiveOriginal();
        String reader = newAccountToken();
        String key = UUID.randomUUID().toString();

        startCheckout(reader, monthlyMembership(), key).then().statusCode(409).body("code", equalTo("price-changed"));

        assertShown(1499);
        startCheckout(reader, monthlyMembership(), key).then().statusCode(201);
    }

    private static void assertShown(int amount) {
        visitor()
                .get("/v1/plans")
                .then()
                .body("items.find { it.slug == 'membership' }.prices[0].price.amount", is(amount));
        assertThat(wall()).contains("$%d.%02d per month".formatted(amount / 100, amount % 100));
    }

    private static void assertShownWithoutAmount() {
        visitor()
                .get("/v1/plans")
                .then()
                .body("items.find { it.slug == 'membership' }.prices[0].interval", is("MONTH"))
                .body("items.find { it.slug == 'membership' }.prices[0].price", nullValue());
        assertThat(wall()).contains("Free for 14 days").doesNotContain("per month");
        assertThat(PageClient.signIn(newSubject(), "en").get("/account").asString())
                .contains("Billed monthly");
        startCheckout(newAccountToken());
    }

    private static String wall() {
        return visitor()
                .accept("text/html")
                .queryParam("url", MEMBERS_ONLY)
                .get("/wall")
                .asString();
    }

    private double differences() {
        return metrics.get("gatefold.catalog.price.differences").gauge().value();
    }

    private PriceCreateParams.Builder price(long amount) {
        return PriceCreateParams.builder()
                .setCurrency("usd")
                .setUnitAmount(amount)
                .setProduct(original.getProduct())
                .setLookupKey(KEY)
                .setTransferLookupKey(true)
                .setRecurring(PriceCreateParams.Recurring.builder()
                        .setInterval(Interval.MONTH)
                        .build());
    }

    private static Price createPrice(PriceCreateParams.Builder price) {
        return callStripe(() -> stripeClient().prices().create(price.build()));
    }

    private void archiveOriginal() {
        callStripe(() -> stripeClient()
                .prices()
                .update(
                        original.getId(),
                        PriceUpdateParams.builder().setActive(false).build()));
    }

    /** Imports the bundled plans with another monthly price of the membership. */
    private static ValidatableResponse importPlans(String monthly) throws IOException {
        try (InputStream file = PriceComparisonTest.class.getResourceAsStream("/catalog/plans.tsv")) {
            String plans = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return withBearerToken(issueToken(newSubject(), "admin"))
                    .contentType("text/tab-separated-values")
                    .body(plans.replace("999 usd", monthly))
                    .put("/admin/v1/plans")
                    .then()
                    .statusCode(200);
        }
    }
}
