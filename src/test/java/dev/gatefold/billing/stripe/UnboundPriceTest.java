package dev.gatefold.billing.stripe;

import static dev.gatefold.testing.ReaderAssertions.assertDenied;
import static dev.gatefold.testing.ReaderAssertions.assertGranted;
import static dev.gatefold.testing.ReaderAssertions.membership;
import static dev.gatefold.testing.TestCallers.newAccountToken;
import static dev.gatefold.testing.TestPayments.callStripe;
import static dev.gatefold.testing.TestPayments.runDueWork;
import static dev.gatefold.testing.TestPayments.startCheckout;
import static dev.gatefold.testing.TestPayments.stripeClient;
import static dev.gatefold.testing.TestPayments.subscribe;
import static dev.gatefold.testing.TestPayments.triggerOnSubscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import com.stripe.model.Price;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceCreateParams.Recurring.Interval;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.gatefold.testing.ServiceTest;
import dev.gatefold.testing.StripeResetExtension;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Subscriptions with prices that were made in Stripe's dashboard. */
@ServiceTest
@ExtendWith(StripeResetExtension.class)
class UnboundPriceTest {
    @Inject
    MeterRegistry metrics;

    @Test
    void specialPriceOfProductKeepsPlanAndIsReported() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);
        Price special = createPrice(product(subscription), 500, Interval.MONTH, 1);

        changePrice(subscription, special);

        assertGranted(reader, "MEMBER");
        membership(reader)
                .body("subscription.plan", is("membership"))
                .body("subscription.price.amount", is(500))
                .body("subscription.intervalCount", is(1));
        assertThat(metrics.get("gatefold.billing.unbound.prices")
                        .tag("price", special.getId())
                        .gauge())
                .extracting(Gauge::value)
                .isEqualTo(1.0);
    }

    @Test
    void priceWithUnsoldPeriodKeepsPlan() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);

        changePrice(subscription, createPrice(product(subscription), 4900, Interval.MONTH, 6));

        assertGranted(reader, "MEMBER");
        membership(reader)
                .body("subscription.plan", is("membership"))
                .body("subscription.interval", is("MONTH"))
                .body("subscription.intervalCount", is(6));

        changePrice(subscription, createPrice(product(subscription), 300, Interval.WEEK, 1));

        assertGranted(reader, "MEMBER");
        membership(reader).body("subscription.interval", is("WEEK"));
    }

    @Test
    void priceOfForeignProductKeepsPlanThatSubscriptionHadUntilItEnds() {
        String reader = newAccountToken();
        String subscription = subscribe(reader);

        changePrice(subscription, createPrice(createProduct(), 700, Interval.MONTH, 1));

        assertGranted(reader, "MEMBER");
        membership(reader).body("subscription.plan", is("membership"));

        triggerOnSubscription(subscription, "cancel");
        runDueWork();

        assertDenied(reader, "MEMBERSHIP_ENDED");
    }

    @Test
    void newSubscriptionToOldPriceOfProductGrantsAccess() {
        String product = product(subscribe(newAccountToken()));
        String reader = newAccountToken();

        createSubscription(customer(reader), createPrice(product, 799, Interval.MONTH, 1));

        assertGranted(reader, "MEMBER");
    }

    @Test
    void newSubscriptionToForeignProductGrantsNothing() {
        String reader = newAccountToken();

        createSubscription(customer(reader), createPrice(createProduct(), 100, Interval.MONTH, 1));

        assertDenied(reader, "MEMBERSHIP_REQUIRED");
    }

    /** Returns the customer of a reader who opened a checkout and left it. */
    private static String customer(String reader) {
        String session = startCheckout(reader);
        return callStripe(() -> stripeClient().checkout().sessions().retrieve(session))
                .getCustomer();
    }

    private static String product(String subscription) {
        return item(subscription).getPrice().getProduct();
    }

    private static SubscriptionItem item(String subscription) {
        return callStripe(() -> stripeClient().subscriptions().retrieve(subscription))
                .getItems()
                .getData()
                .getFirst();
    }

    private static String createProduct() {
        return callStripe(() -> stripeClient()
                        .prices()
                        .create(PriceCreateParams.builder()
                                .setCurrency("usd")
                                .setUnitAmount(1L)
                                .setProductData(PriceCreateParams.ProductData.builder()
                                        .setName("Socks")
                                        .build())
                                .build()))
                .getProduct();
    }

    private static Price createPrice(String product, long amount, Interval interval, long count) {
        return callStripe(() -> stripeClient()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("usd")
                        .setUnitAmount(amount)
                        .setProduct(product)
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(interval)
                                .setIntervalCount(count)
                                .build())
                        .build()));
    }

    private static void changePrice(String subscription, Price price) {
        callStripe(() -> stripeClient()
                .subscriptions()
                .update(
                        subscription,
                        SubscriptionUpdateParams.builder()
                                .addItem(SubscriptionUpdateParams.Item.builder()
                                        .setId(item(subscription).getId())
                                        .setPrice(price.getId())
                                        .build())
                                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.NONE)
                                .build()));
        runDueWork();
    }

    private static void createSubscription(String customer, Price price) {
        callStripe(() -> stripeClient()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer)
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(price.getId())
                                .build())
                        .setDefaultPaymentMethod("pm_card_visa")
                        .build()));
        runDueWork();
    }
}
