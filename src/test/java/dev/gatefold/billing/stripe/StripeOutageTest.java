package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestPayments.actOnCheckoutPage;
import static dev.gatefold.testing.TestPayments.heldEvents;
import static dev.gatefold.testing.TestPayments.monthlyMembership;
import static dev.gatefold.testing.TestPayments.sandboxControl;
import static dev.gatefold.testing.TestPayments.setStripeApiMode;
import static dev.gatefold.testing.TestPayments.setWebhookMode;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access, webhooks and checkouts while the Stripe API fails. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class StripeOutageTest {
    @ParameterizedTest
    @ValueSource(strings = {"FAIL", "HANG", "DOWN", "LIMIT"})
    void stripeOutageKeepsAccessAndWebhooksAreProcessedLater(String weather) {
        String reader = newAccountToken();
        String buyer = newAccountToken();
        subscribe(reader);
        setWebhookMode("HOLD");
        actOnCheckoutPage(startCheckout(buyer), "pay");
        setStripeApiMode(weather);

        long start = System.nanoTime();
        List<String> held = heldEvents();
        sandboxControl("POST", "/webhooks/release", Map.of("order", held));
        assertGranted(reader, "MEMBER");
        String late = newAccountToken();
        startCheckout(late, monthlyMembership(), "a").then().statusCode(503).header("Retry-After", not(nullValue()));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

        setStripeApiMode("UP");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertGranted(buyer, "MEMBER"));
        startCheckout(late, monthlyMembership(), "a").then().statusCode(201);
    }
}
