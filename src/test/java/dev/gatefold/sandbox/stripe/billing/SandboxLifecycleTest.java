package dev.gatefold.sandbox.stripe.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Subscription;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import dev.gatefold.sandbox.stripe.SandboxWebhookReceiver;
import dev.gatefold.sandbox.stripe.StripeSandboxFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscriptions of the sandbox over time, observed with Stripe's own client library. */
class SandboxLifecycleTest {
    private final StripeSandboxFixture fixture = new StripeSandboxFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Instant periodEnd(Subscription subscription) {
        return Instant.ofEpochSecond(
                subscription.getItems().getData().getFirst().getCurrentPeriodEnd());
    }

    @Test
    void paidCheckoutActivatesSubscription() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);

        assertThat(subscription.getStatus()).isEqualTo("active");
        assertThat(subscription.getMetadata()).containsEntry("account", "42");
        assertThat(periodEnd(subscription)).isEqualTo("2027-02-10T12:00:00Z");
        assertThat(fixture.eventTypes())
                .containsExactly(
                        "customer.created",
                        "payment_method.attached",
                        "customer.subscription.created",
                        "invoice.created",
                        "payment_intent.created",
                        "invoice.finalized",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "invoice.paid",
                        "invoice.payment_succeeded",
                        "invoice_payment.paid",
                        "customer.subscription.updated",
                        "checkout.session.completed");
    }

    @Test
    void clockJumpReplaysAllIntermediateEvents() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 14);
        assertThat(subscription.getStatus()).isEqualTo("trialing");
        try (SandboxWebhookReceiver receiver = fixture.receiver()) {
            fixture.sandbox.processDue();
            receiver.clear();

            fixture.advanceDays(50);

            assertThat(receiver.received())
                    .extracting(it -> it.getType() + " " + Instant.ofEpochSecond(it.getCreated()))
                    .containsExactly(
                            "customer.subscription.trial_will_end 2027-01-21T12:00:00Z",
                            "customer.subscription.updated 2027-01-24T12:00:00Z",
                            "invoice.created 2027-01-24T12:00:00Z",
                            "payment_intent.created 2027-01-24T13:00:00Z",
                            "invoice.finalized 2027-01-24T13:00:00Z",
                            "charge.succeeded 2027-01-24T13:00:00Z",
                            "payment_intent.succeeded 2027-01-24T13:00:00Z",
                            "invoice.paid 2027-01-24T13:00:00Z",
                            "invoice.payment_succeeded 2027-01-24T13:00:00Z",
                            "invoice_payment.paid 2027-01-24T13:00:00Z",
                            "customer.subscription.updated 2027-02-24T12:00:00Z",
                            "invoice.created 2027-02-24T12:00:00Z",
                            "payment_intent.created 2027-02-24T13:00:00Z",
                            "invoice.finalized 2027-02-24T13:00:00Z",
                            "charge.succeeded 2027-02-24T13:00:00Z",
                            "payment_intent.succeeded 2027-02-24T13:00:00Z",
                            "invoice.paid 2027-02-24T13:00:00Z",
                            "invoice.payment_succeeded 2027-02-24T13:00:00Z",
                            "invoice_payment.paid 2027-02-24T13:00:00Z");
        }
        assertThat(periodEnd(fixture.subscription(subscription.getId()))).isEqualTo("2027-03-24T12:00:00Z");
    }

    @Test
    void periodsFollowCalendarMonths() throws Exception {
        fixture.moveClockTo("2027-01-31T09:00:00Z");
        Subscription subscription = fixture.createSubscription("pay", 0);

        assertThat(periodEnd(subscription)).isEqualTo("2027-02-28T09:00:00Z");
        fixture.advanceDays(29);
        assertThat(periodEnd(fixture.subscription(subscription.getId()))).isEqualTo("2027-03-31T09:00:00Z");
    }

    @Test
    void cancellationKeepsPaidPeriod() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        var atEnd =
                SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build();
        fixture.stripe.subscriptions().update(subscription.getId(), atEnd);

        fixture.advance(Duration.between(StripeSandboxFixture.START, periodEnd(subscription))
                .minusSeconds(1));
        assertThat(fixture.status(subscription)).isEqualTo("active");

        fixture.advance(Duration.ofSeconds(1));
        assertThat(fixture.status(subscription)).isEqualTo("canceled");
        assertThat(fixture.eventTypes()).endsWith("customer.subscription.deleted");
    }

    @Test
    void cancellationAtInstantCanBeReverted() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        long soon = StripeSandboxFixture.START.plus(Duration.ofDays(5)).getEpochSecond();
        fixture.stripe
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder().setCancelAt(soon).build());
        assertThat(fixture.subscription(subscription.getId()).getCancelAt()).isEqualTo(soon);

        fixture.stripe
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .setCancelAt(EmptyParam.EMPTY)
                                .build());

        fixture.advanceDays(6);
        assertThat(fixture.status(subscription)).isEqualTo("active");
    }

    @Test
    void trialEndedEarlyIsChargedImmediately() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 14);

        subscription = fixture.stripe
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .setTrialEnd(SubscriptionUpdateParams.TrialEnd.NOW)
                                .build());

        assertThat(subscription.getStatus()).isEqualTo("active");
        assertThat(periodEnd(subscription)).isEqualTo("2027-02-10T12:00:00Z");
        assertThat(invoice(subscription).getAmountPaid()).isEqualTo(999);
    }

    @Test
    void trialCanBeExtended() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 14);
        long later = StripeSandboxFixture.START.plus(Duration.ofDays(20)).getEpochSecond();

        fixture.stripe
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder().setTrialEnd(later).build());

        fixture.advanceDays(19);
        assertThat(fixture.status(subscription)).isEqualTo("trialing");
        fixture.advanceDays(1);
        assertThat(fixture.status(subscription)).isEqualTo("active");
    }

    @Test
    void extendedTrialSendsNewTrialWillEndEvent() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 14);
        fixture.advanceDays(13);
        long later = fixture.clock.instant().plus(Duration.ofDays(2)).getEpochSecond();

        fixture.stripe
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder().setTrialEnd(later).build());
        fixture.sandbox.processDue();

        assertThat(fixture.events())
                .filteredOn(it -> it.getType().endsWith("trial_will_end"))
                .extracting(it -> Instant.ofEpochSecond(it.getCreated()).toString())
                .containsExactly("2027-01-21T12:00:00Z", "2027-01-23T12:00:00Z");
    }

    @Test
    void renewalInvoiceCoversPastPeriodAndLinesNextPeriod() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);

        fixture.moveClockTo("2027-02-10T13:00:00Z");

        Invoice renewal = invoice(subscription);
        assertThat(renewal.getBillingReason()).isEqualTo("subscription_cycle");
        assertThat(renewal.getPeriodStart()).isEqualTo(StripeSandboxFixture.START.getEpochSecond());
        assertThat(renewal.getLines().getData().getFirst().getPeriod().getStart())
                .isEqualTo(renewal.getPeriodEnd());
    }

    @Test
    void upgradeProrationIsOnNextInvoice() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        String dearer = fixture.stripe
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("usd")
                        .setUnitAmount(1999L)
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                                .build())
                        .setProductData(PriceCreateParams.ProductData.builder()
                                .setName("Membership plus")
                                .build())
                        .build())
                .getId();
        fixture.moveClockTo("2027-01-26T00:00:00Z"); // half of the period is left
        fixture.stripe
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .addItem(SubscriptionUpdateParams.Item.builder()
                                        .setId(subscription
                                                .getItems()
                                                .getData()
                                                .getFirst()
                                                .getId())
                                        .setPrice(dearer)
                                        .build())
                                .build());

        fixture.moveClockTo("2027-02-10T13:00:00Z");

        assertThat(invoice(subscription).getLines().getData())
                .extracting(InvoiceLineItem::getAmount)
                .containsExactly(-500L, 1000L, 1999L);
    }

    @Test
    void priceWithoutItemIdAddsItem() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        var another = SubscriptionUpdateParams.Item.builder().setPrice(fixture.priceId("membership_month"));

        fixture.stripe
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .addItem(another.build())
                                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                                .build());

        assertThat(fixture.subscription(subscription.getId()).getItems().getData())
                .hasSize(2);
        assertThat(invoice(subscription).getTotal()).isEqualTo(999);
    }

    @Test
    void oneUpdateSendsOneEvent() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        int before = fixture.eventTypes().size();

        fixture.stripe
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .setCancelAtPeriodEnd(true)
                                .putMetadata("why", "moving")
                                .setDescription("Leaving")
                                .build());

        List<String> eventTypes = fixture.eventTypes();
        assertThat(eventTypes.subList(before, eventTypes.size())).containsExactly("customer.subscription.updated");
    }

    private Invoice invoice(Subscription subscription) throws Exception {
        return fixture.stripe
                .invoices()
                .retrieve(fixture.subscription(subscription.getId()).getLatestInvoice());
    }
}
