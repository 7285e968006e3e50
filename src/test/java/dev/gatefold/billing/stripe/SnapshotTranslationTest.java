package dev.gatefold.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.net.ApiResource;
import dev.gatefold.subscriptions.model.BillingPeriod;
import dev.gatefold.subscriptions.model.NextPayment;
import dev.gatefold.subscriptions.model.SubscriptionSnapshot;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Translation of Stripe's subscriptions to snapshots. */
class SnapshotTranslationTest {
    private static final Map<String, String> PLANS = Map.of("price_month", "membership", "price_sport", "sport");

    @ParameterizedTest
    @CsvSource({
        "incomplete, INCOMPLETE",
        "incomplete_expired, INCOMPLETE_EXPIRED",
        "trialing, TRIALING",
        "active, ACTIVE",
        "past_due, PAST_DUE",
        "unpaid, UNPAID",
        "paused, PAUSED",
        "canceled, CANCELED",
        "invented, UNKNOWN",
        "'', UNKNOWN",
    })
    void stripeStatusIsTranslatedAndUnknownStatusReported(String stripeStatus, SubscriptionStatus expected) {
        assertThat(snapshot("\"status\": \"%s\"".formatted(stripeStatus)).status())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            {"interval": "month", "interval_count": 1} | MONTH | 1
            {"interval": "month", "interval_count": 6} | MONTH | 6
            {"interval": "month"}                      | MONTH | 1
            {"interval": "year", "interval_count": 2}  | YEAR  | 2
            {"interval": "week", "interval_count": 4}  | WEEK  | 4
            {"interval": "day", "interval_count": 90}  | DAY   | 90
            """)
    void billingPeriodIsTakenFromPriceAndNotFromPlan(String recurring, BillingPeriod.Unit unit, int count) {
        SubscriptionSnapshot snapshot = snapshot("""
                "status": "active", "items": {"data": [{"price": {"id": "price_month", "recurring": %s}}]}""".formatted(recurring));

        assertThat(snapshot.items())
                .singleElement()
                .satisfies(item -> assertThat(item.period()).isEqualTo(new BillingPeriod(unit, count)));
    }

    @Test
    void unknownIntervalKeepsPlan() {
        SubscriptionSnapshot snapshot = snapshot("""
                "status": "active", "items": {"data": [
                  {"price": {"id": "price_month", "recurring": {"interval": "fortnight", "interval_count": 1}}}]}""");

        assertThat(snapshot.items()).singleElement().satisfies(item -> {
            assertThat(item.plan()).isEqualTo("membership");
            assertThat(item.period()).isNull();
        });
    }

    @Test
    void periodIsTakenFromEachKnownItem() {
        SubscriptionSnapshot snapshot = snapshot("""
                "status": "active", "items": {"data": [
                  {"price": {"id": "price_socks"}, "current_period_start": 1, "current_period_end": 9000},
                  {"price": {"id": "price_month", "unit_amount": 999, "currency": "usd"}, "current_period_start": 1000, "current_period_end": 2000},
                  {"price": {"id": "price_sport"}, "current_period_start": 1000, "current_period_end": 4000}]}""");

        assertThat(snapshot.items())
                .extracting(SubscriptionSnapshot.SnapshotItem::plan, SubscriptionSnapshot.SnapshotItem::until)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("membership", at(2000)),
                        org.assertj.core.groups.Tuple.tuple("sport", at(4000)));
        assertThat(snapshot("\"status\": \"active\", \"items\": {\"data\": []}").items())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            "status": "active"                                                        | -    | -
            "status": "active", "cancel_at_period_end": true                          | 2000 | -
            "status": "active", "cancel_at_period_end": true, "cancel_at": 2000       | 2000 | -
            "status": "active", "cancel_at_period_end": false, "cancel_at": 1500      | 1500 | -
            "status": "canceled", "ended_at": 1700, "canceled_at": 1600               | -    | 1700
            "status": "canceled", "canceled_at": 1600, "cancel_at_period_end": true   | -    | 1600
            "status": "canceled"                                                      | -    | 900
            """)
    void everyFormOfCancellationIsRecognised(String members, Long endsAt, Long endedAt) {
        SubscriptionSnapshot snapshot = snapshot(members + """
                , "items": {"data": [{"price": {"id": "price_month"}, "current_period_start": 1000, "current_period_end": 2000}]}""");

        assertThat(snapshot.cancelsAt()).isEqualTo(at(endsAt));
        assertThat(snapshot.endedAt()).isEqualTo(at(endedAt));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"object": "invoice", "id": "in_1", "status": "open", "billing_reason": "subscription_create", "amount_due": 999, "currency": "usd"} | true
            {"object": "invoice", "id": "in_1", "status": "paid", "billing_reason": "subscription_create", "amount_due": 999, "currency": "usd"} | false
            {"object": "invoice", "id": "in_1", "status": "open", "billing_reason": "subscription_create", "amount_due": 0, "currency": "usd"}   | false
            {"object": "invoice", "id": "in_1", "status": "open", "billing_reason": "subscription_cycle", "amount_due": 999, "currency": "usd"}  | false
            """)
    void pendingFirstPaymentIsRecognised(String invoice, boolean pending) {
        assertThat(snapshot("\"status\": \"active\"", List.of(ApiResource.GSON.fromJson(invoice, Invoice.class)))
                        .firstPaymentPending())
                .isEqualTo(pending);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            -                                                                                    | 1000
            {"status": "open", "amount_due": 999, "currency": "usd", "lines": {"data": []}}                                                              | 1000
            {"status": "open", "amount_due": 999, "currency": "usd", "lines": {"data": [{"period": {"start": 1000}}]}}                                   | 1000
            {"status": "open", "amount_due": 999, "currency": "usd", "lines": {"data": [{"period": {"start": 400}}]}}                                    | 400
            {"status": "open", "amount_due": 999, "currency": "usd", "lines": {"data": [{"period": {"start": 700}}, {"period": {"start": 1000}}]}}       | 1000
            {"status": "open", "amount_due": 999, "currency": "usd", "lines": {"data": [{"period": {"start": 1800}}, {"period": {"start": 1800}}]}}      | 1800
            """)
    void unpaidSinceIsTakenFromOpenInvoice(String invoice, long unpaidSince) {
        List<Invoice> openInvoices =
                invoice == null ? List.of() : List.of(ApiResource.GSON.fromJson(invoice, Invoice.class));

        SubscriptionSnapshot snapshot = snapshot("""
                "status": "past_due", "items": {"data": [{"price": {"id": "price_month"}, "current_period_start": 1000}]}""", openInvoices);

        assertThat(snapshot.unpaidSince()).isEqualTo(at(unpaidSince));
    }

    private static SubscriptionSnapshot snapshot(String members) {
        return snapshot(members, List.of());
    }

    private static SubscriptionSnapshot snapshot(String members, List<Invoice> invoices) {
        Subscription subscription = ApiResource.GSON.fromJson(
                "{\"id\": \"sub_1\", \"object\": \"subscription\", \"start_date\": 900, %s}".formatted(members),
                Subscription.class);
        var items = subscription.getItems() == null
                ? List.<com.stripe.model.SubscriptionItem>of()
                : subscription.getItems().getData();
        return SnapshotTranslation.snapshot(
                subscription,
                items,
                List.of(),
                invoices.stream()
                        .map(invoice -> InvoiceTranslation.invoice(invoice, Optional.empty(), 0))
                        .toList(),
                PLANS,
                PaymentReversal.NONE,
                false,
                NextPayment.UNKNOWN);
    }

    private static Instant at(Number seconds) {
        return seconds == null ? null : Instant.ofEpochSecond(seconds.longValue());
    }
}
