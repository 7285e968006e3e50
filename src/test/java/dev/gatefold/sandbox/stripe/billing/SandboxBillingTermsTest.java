package dev.gatefold.sandbox.stripe.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.StripeSandboxFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Discounts, balances, tiers, currencies, due dates and schedules: previews equal the invoices that follow. */
class SandboxBillingTermsTest {
    private final StripeSandboxFixture fixture = new StripeSandboxFixture();
    private String customer;

    @BeforeEach
    void createCustomer() {
        customer = post("customers", "invoice_settings[default_payment_method]=pm_card_visa")
                .path("id")
                .asText();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private ObjectNode post(String path, String form) {
        return call("POST", path, form);
    }

    private ObjectNode get(String path) {
        return call("GET", path, "");
    }

    private ObjectNode call(String method, String path, String form) {
        return fixture.callApi(method, path, form);
    }

    private ObjectNode subscribe(String price, String terms) {
        return post("subscriptions", "customer=%s&items[0][price]=%s&%s".formatted(customer, price, terms));
    }

    private String price(String terms) {
        String product = get("products").path("data").path(0).path("id").asText();
        String recurring = terms.contains("recurring") ? "" : "&recurring[interval]=month";
        return post("prices", "product=" + product + "&" + terms + recurring)
                .path("id")
                .asText();
    }

    private ObjectNode preview(ObjectNode subscription) {
        return post(
                "invoices/create_preview",
                "subscription=" + subscription.path("id").asText());
    }

    private ObjectNode latestInvoice(ObjectNode subscription) {
        return get("invoices/" + reload(subscription).path("latest_invoice").asText());
    }

    private ObjectNode reload(ObjectNode subscription) {
        return get("subscriptions/" + subscription.path("id").asText());
    }

    private ObjectNode update(ObjectNode subscription, String form) {
        return post("subscriptions/" + subscription.path("id").asText(), form);
    }

    /** Advances to the next payment, and checks that the invoice has the amounts of its preview. */
    private ObjectNode renew(ObjectNode subscription) {
        ObjectNode preview = preview(subscription);
        long at = preview.path("period_end").asLong();
        fixture.moveClockTo(Instant.ofEpochSecond(at).plus(Duration.ofHours(2)).toString());
        ObjectNode invoice = latestInvoice(subscription);
        for (String name : List.of(
                "subtotal", "total", "amount_due", "starting_balance", "ending_balance", "currency", "period_end")) {
            assertThat(invoice.get(name)).as(name).isEqualTo(preview.get(name));
        }
        return invoice;
    }

    private long renewedAmount(ObjectNode subscription) {
        return renew(subscription).path("amount_paid").asLong();
    }

    @Test
    void percentDiscountAppliesForever() {
        String coupon =
                post("coupons", "percent_off=33.3&duration=forever").path("id").asText();
        ObjectNode subscription = subscribe(price("currency=usd&unit_amount=999"), "discounts[0][coupon]=" + coupon);

        assertThat(latestInvoice(subscription).path("amount_paid").asLong()).isEqualTo(666);
        assertThat(renewedAmount(subscription)).isEqualTo(666);
        JsonNode discounts = latestInvoice(subscription).path("total_discount_amounts");
        assertThat(discounts.path(0).path("amount").asLong()).isEqualTo(333);
        ObjectNode expanded =
                get("subscriptions/" + subscription.path("id").asText() + "?expand[]=discounts.source.coupon");
        assertThat(expanded.at("/discounts/0/source/coupon/percent_off").asDouble())
                .isEqualTo(33.3);
    }

    @Test
    void discountEndsAfterItsDuration() {
        String once = post("coupons", "amount_off=300&currency=usd&duration=once")
                .path("id")
                .asText();
        String price = price("currency=usd&unit_amount=1000");
        ObjectNode subscription = subscribe(price, "discounts[0][coupon]=" + once);
        assertThat(latestInvoice(subscription).path("amount_paid").asLong()).isEqualTo(700);
        assertThat(reload(subscription).path("discounts")).isEmpty();
        assertThat(renewedAmount(subscription)).isEqualTo(1000);

        String repeating = post("coupons", "percent_off=50&duration=repeating&duration_in_months=2")
                .path("id")
                .asText();
        update(subscription, "discounts[0][coupon]=" + repeating);
        assertThat(renewedAmount(subscription)).isEqualTo(500);
        assertThat(renewedAmount(subscription)).isEqualTo(500);
        assertThat(renewedAmount(subscription)).isEqualTo(1000);
    }

    @Test
    void fullDiscountNeedsNoPaymentMethod() {
        post("coupons", "id=FREE&percent_off=100&duration=forever");
        customer = post("customers", "").path("id").asText();

        ObjectNode subscription = subscribe(price("currency=usd&unit_amount=999"), "discounts[0][coupon]=FREE");

        assertThat(reload(subscription).path("status").asText()).isEqualTo("active");
        assertThat(preview(subscription).path("amount_due").asLong(-1)).isZero();
        assertThat(renewedAmount(subscription)).isZero();
    }

    @Test
    void previewOfADiscountLeavesTheSubscriptionUnchanged() {
        post("coupons", "id=HALF&percent_off=50&duration=once");
        ObjectNode subscription = subscribe(price("currency=usd&unit_amount=1000"), "");

        ObjectNode preview = post(
                "invoices/create_preview",
                "subscription=" + subscription.path("id").asText() + "&discounts[0][coupon]=HALF");

        assertThat(preview.path("amount_due").asLong()).isEqualTo(500);
        assertThat(preview(subscription).path("amount_due").asLong()).isEqualTo(1000);
    }

    @Test
    void creditBalanceReducesTheNextInvoices() {
        ObjectNode subscription = subscribe(price("currency=usd&unit_amount=1000"), "");
        post("customers/" + customer + "/balance_transactions", "amount=-1500&currency=usd");

        assertThat(renewedAmount(subscription)).isZero();
        assertThat(get("customers/" + customer).path("balance").asLong()).isEqualTo(-500);
        assertThat(renewedAmount(subscription)).isEqualTo(500);
        assertThat(get("customers/" + customer).path("balance").asLong()).isZero();
    }

    @Test
    void voidedInvoiceReturnsTheBalance() {
        ObjectNode subscription = subscribe(price("currency=usd&unit_amount=1000"), "");
        post("customers/" + customer, "balance=-400");
        post("customers/" + customer, "invoice_settings[default_payment_method]=pm_card_chargeCustomerFail");
        ObjectNode open = renew(subscription);
        assertThat(open.path("status").asText()).isEqualTo("open");
        assertThat(get("customers/" + customer).path("balance").asLong()).isZero();

        post("invoices/" + open.path("id").asText() + "/void", "");

        assertThat(get("customers/" + customer).path("balance").asLong()).isEqualTo(-400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            currency=jpy&unit_amount=1001                                  | 1  | 500
            currency=mga&unit_amount=5001                                  | 1  | 2500
            currency=kwd&unit_amount=1010                                  | 1  | 500
            currency=isk&unit_amount=150100                                | 1  | 75000
            currency=usd&unit_amount_decimal=0.5                           | 7  | 2
            currency=usd&unit_amount=999&recurring[interval]=week          | 1  | 499
            currency=usd&unit_amount=999&recurring[interval]=month&recurring[interval_count]=6 | 2 | 999
            """)
    void amountsFollowCurrencyAndQuantity(String terms, int quantity, long discounted) {
        String coupon =
                post("coupons", "percent_off=50&duration=forever").path("id").asText();
        ObjectNode subscription =
                subscribe(price(terms), "items[0][quantity]=" + quantity + "&discounts[0][coupon]=" + coupon);

        assertThat(renewedAmount(subscription)).isEqualTo(discounted);
    }

    @Test
    void fractionThatACurrencyDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> price("currency=ugx&unit_amount=150"))
                .hasMessageContaining("400")
                .hasMessageContaining("divisible by 100");
    }

    @ParameterizedTest
    @CsvSource({"graduated, 1700", "volume, 800"})
    void tiersDetermineTheAmount(String mode, long amount) {
        String tiers = "&billing_scheme=tiered&tiers_mode=" + mode
                + "&tiers[0][up_to]=5&tiers[0][unit_amount]=300"
                + "&tiers[1][up_to]=inf&tiers[1][unit_amount]=50&tiers[1][flat_amount]="
                + ("volume".equals(mode) ? 400 : 50);
        String price = price("currency=usd" + tiers);

        ObjectNode subscription = subscribe(price, "items[0][quantity]=8");

        assertThat(subscription.at("/items/data/0/price").get("unit_amount").isNull())
                .isTrue();
        assertThat(renewedAmount(subscription)).isEqualTo(amount);
        assertThat(get("prices/" + price + "?expand[]=tiers").path("tiers")).hasSize(2);
    }

    @Test
    void invoiceSentByMailIsDueAtItsDate() {
        ObjectNode subscription =
                subscribe(price("currency=usd&unit_amount=1000"), "collection_method=send_invoice&days_until_due=10");
        assertThat(subscription.path("status").asText()).isEqualTo("active");
        fixture.advance(Duration.ofHours(2));
        ObjectNode invoice = latestInvoice(subscription);
        assertThat(invoice.path("status").asText()).isEqualTo("open");
        assertThat(invoice.hasNonNull("next_payment_attempt")).isFalse();
        assertThat(Instant.ofEpochSecond(invoice.path("due_date").asLong())).isEqualTo("2027-01-20T12:00:00Z");

        fixture.advanceDays(10);
        assertThat(reload(subscription).path("status").asText()).isEqualTo("past_due");

        post("invoices/" + invoice.path("id").asText() + "/pay", "paid_out_of_band=true");
        assertThat(reload(subscription).path("status").asText()).isEqualTo("active");
    }

    @Test
    void billThatIsPutOffIsChargedLater() {
        ObjectNode subscription = subscribe(price("currency=usd&unit_amount=1000"), "");
        long later = Instant.parse("2027-03-01T12:00:00Z").getEpochSecond();

        ObjectNode moved = update(subscription, "proration_behavior=none&trial_end=" + later);

        assertThat(moved.path("status").asText()).isEqualTo("trialing");
        assertThat(preview(subscription).path("period_end").asLong()).isEqualTo(later);
        assertThat(renewedAmount(subscription)).isEqualTo(1000);
        assertThat(reload(subscription).path("status").asText()).isEqualTo("active");
    }

    @Test
    void putOffBillCreditsThePaidPeriodByDefault() {
        ObjectNode subscription = subscribe(price("currency=usd&unit_amount=1000"), "");

        update(
                subscription,
                "trial_end=" + Instant.parse("2027-03-01T12:00:00Z").getEpochSecond());

        assertThat(get("customers/" + customer).path("balance").asLong()).isEqualTo(-1000);
        assertThat(renewedAmount(subscription)).isZero();
    }

    @Test
    void scheduleChangesThePriceWithItsNextPhase() {
        String price = price("currency=usd&unit_amount=1000");
        String raised = price("currency=usd&unit_amount=1300");
        ObjectNode subscription = subscribe(price, "");
        ObjectNode schedule = schedule(subscription);
        long start = schedule.at("/phases/0/start_date").asLong();
        long end = schedule.at("/phases/0/end_date").asLong();
        post(
                "subscription_schedules/" + schedule.path("id").asText(),
                "phases[0][items][0][price]=%s&phases[0][start_date]=%d&phases[0][end_date]=%d&phases[1][items][0][price]=%s"
                        .formatted(price, start, end, raised));

        assertThat(renewedAmount(subscription)).isEqualTo(1300);
        assertThat(reload(subscription).path("schedule").asText())
                .isEqualTo(schedule.path("id").asText());
        assertThat(renewedAmount(subscription)).as("after the last phase").isEqualTo(1300);
        assertThat(reload(subscription).hasNonNull("schedule")).isFalse();
    }

    private ObjectNode schedule(ObjectNode subscription) {
        return post(
                "subscription_schedules",
                "from_subscription=" + subscription.path("id").asText());
    }

    @Test
    void scheduledSubscriptionRefusesToChangeItsCancellation() {
        ObjectNode subscription = subscribe(price("currency=usd&unit_amount=1000"), "");
        String schedule = schedule(subscription).path("id").asText();

        assertThatThrownBy(() -> update(subscription, "cancel_at_period_end=true"))
                .hasMessageContaining("managed by the subscription schedule `" + schedule + "`");

        post("subscription_schedules/" + schedule + "/release", "");
        assertThat(update(subscription, "cancel_at_period_end=true")
                        .path("cancel_at_period_end")
                        .asBoolean())
                .isTrue();
        assertThatThrownBy(() -> preview(subscription)).hasMessageContaining("invoice_upcoming_none");
    }

    @Test
    void scheduleCanCancelTheSubscriptionAtItsEnd() {
        ObjectNode subscription = subscribe(price("currency=usd&unit_amount=1000"), "");
        post("subscription_schedules/" + schedule(subscription).path("id").asText(), "end_behavior=cancel");
        assertThatThrownBy(() -> preview(subscription)).hasMessageContaining("invoice_upcoming_none");

        fixture.advanceDays(32);

        assertThat(reload(subscription).path("status").asText()).isEqualTo("canceled");
    }

    @Test
    void cancellationAtPeriodEndReplacesALaterDate() {
        ObjectNode subscription = subscribe(price("currency=usd&unit_amount=1000"), "");
        update(
                subscription,
                "cancel_at=" + Instant.parse("2027-06-01T00:00:00Z").getEpochSecond());

        ObjectNode canceled = update(subscription, "cancel_at_period_end=true");

        assertThat(canceled.get("cancel_at")).isEqualTo(canceled.at("/items/data/0/current_period_end"));
    }

    @Test
    void canceledIncompleteSubscriptionExpiresWithItsInvoice() {
        ObjectNode subscription =
                subscribe(price("currency=usd&unit_amount=1000"), "payment_behavior=default_incomplete");

        call("DELETE", "subscriptions/" + subscription.path("id").asText(), "");

        assertThat(reload(subscription).path("status").asText()).isEqualTo("incomplete_expired");
        assertThat(latestInvoice(subscription).path("status").asText()).isEqualTo("void");
    }

    @Test
    void lookupKeyMovesToAnotherPrice() {
        String price = price("currency=usd&unit_amount=1100");
        String before =
                get("prices?lookup_keys[]=membership_month").at("/data/0/id").asText();

        assertThatThrownBy(() -> post("prices/" + price, "lookup_key=membership_month"))
                .hasMessageContaining("already uses that lookup key");
        post("prices/" + price, "lookup_key=membership_month&transfer_lookup_key=true");
        post("prices/" + before, "active=false");

        assertThat(get("prices?lookup_keys[]=membership_month").at("/data/0/id").asText())
                .isEqualTo(price);
        assertThat(get("prices/" + before).get("lookup_key").isNull()).isTrue();
    }
}
