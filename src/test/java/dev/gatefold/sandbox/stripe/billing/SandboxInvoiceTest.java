package dev.gatefold.sandbox.stripe.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceCreatePreviewParams.SubscriptionDetails;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.InvoiceUpdateParams;
import com.stripe.param.SubscriptionUpdateParams;
import dev.gatefold.sandbox.stripe.StripeSandboxFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Previews, lists and actions of invoices, observed with Stripe's own client library. */
class SandboxInvoiceTest {
    private final StripeSandboxFixture fixture = new StripeSandboxFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Invoice preview(Subscription subscription) throws StripeException {
        return fixture.stripe
                .invoices()
                .createPreview(InvoiceCreatePreviewParams.builder()
                        .setSubscription(subscription.getId())
                        .build());
    }

    private Invoice latest(Subscription subscription) throws StripeException {
        return fixture.stripe
                .invoices()
                .retrieve(fixture.subscription(subscription.getId()).getLatestInvoice());
    }

    private List<Invoice> invoices(Subscription subscription) throws StripeException {
        return fixture.stripe
                .invoices()
                .list(InvoiceListParams.builder()
                        .setSubscription(subscription.getId())
                        .build())
                .getData();
    }

    private void update(Subscription subscription, SubscriptionUpdateParams.Builder params) throws StripeException {
        fixture.stripe.subscriptions().update(subscription.getId(), params.build());
    }

    private static void assertNothingUpcoming(ThrowingCallable preview) {
        assertThatThrownBy(preview).isInstanceOfSatisfying(InvalidRequestException.class, it -> {
            assertThat(it.getStatusCode()).isEqualTo(404);
            assertThat(it.getCode()).isEqualTo("invoice_upcoming_none");
        });
    }

    private Subscription createPastDueSubscription() throws StripeException {
        Subscription subscription = fixture.createSubscription("pay", 0);
        fixture.put("/controls/customers/" + subscription.getCustomer() + "/card", "{\"behaviour\": \"DECLINES\"}");
        fixture.advance(Duration.ofDays(31).plusHours(2));
        assertThat(fixture.status(subscription)).isEqualTo("past_due");
        return subscription;
    }

    @Test
    void previewHasTheAmountAndTimeOfTheNextInvoice() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 14);

        Invoice preview = preview(subscription);

        assertThat(preview.getId()).startsWith("upcoming_in_");
        assertThat(preview.getBillingReason()).isEqualTo("upcoming");
        assertThat(preview.getAmountDue()).isEqualTo(999);
        assertThat(preview.getCurrency()).isEqualTo("usd");
        assertThat(preview.getCustomer()).isEqualTo(subscription.getCustomer());
        assertThat(Instant.ofEpochSecond(preview.getPeriodEnd())).isEqualTo("2027-01-24T12:00:00Z");
        assertThat(Instant.ofEpochSecond(preview.getNextPaymentAttempt())).isEqualTo("2027-01-24T13:00:00Z");
        assertThat(invoices(subscription)).as("a preview is not stored").hasSize(1);

        fixture.advanceDays(15);
        Invoice charged = latest(subscription);
        assertThat(charged.getAmountPaid()).isEqualTo(preview.getAmountDue());
        assertThat(charged.getCreated()).isEqualTo(preview.getCreated());
        assertThat(charged.getPeriodEnd()).isEqualTo(preview.getPeriodEnd());
    }

    @Test
    void previewOfAPlanChangeContainsProrations() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        fixture.advanceDays(15);
        var change = SubscriptionDetails.builder()
                .addItem(SubscriptionDetails.Item.builder()
                        .setId(subscription.getItems().getData().getFirst().getId())
                        .setPrice(fixture.priceId("presse_month"))
                        .build())
                .build();

        Invoice preview = fixture.stripe
                .invoices()
                .createPreview(InvoiceCreatePreviewParams.builder()
                        .setSubscription(subscription.getId())
                        .setSubscriptionDetails(change)
                        .build());

        assertThat(preview.getAmountDue()).isLessThan(599);
        assertThat(preview.getLines().getData()).hasSize(3);
        assertThat(preview(subscription).getAmountDue())
                .as("the subscription is unchanged")
                .isEqualTo(999);
    }

    @Test
    void endingSubscriptionHasNoPreview() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        update(subscription, SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true));
        assertNothingUpcoming(() -> preview(subscription));

        long inTwoPeriods = StripeSandboxFixture.START.plus(Duration.ofDays(45)).getEpochSecond();
        update(subscription, SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(false));
        update(subscription, SubscriptionUpdateParams.builder().setCancelAt(inTwoPeriods));
        assertThat(preview(subscription).getAmountDue())
                .as("the cancellation is later than the next period")
                .isPositive();

        fixture.stripe.subscriptions().cancel(subscription.getId());
        assertNothingUpcoming(() -> preview(subscription));
    }

    @Test
    void openInvoiceIsListedWithPaymentState() throws Exception {
        Subscription subscription = createPastDueSubscription();

        Invoice open = fixture.stripe
                .invoices()
                .list(InvoiceListParams.builder()
                        .setSubscription(subscription.getId())
                        .setStatus(InvoiceListParams.Status.OPEN)
                        .setCreated(InvoiceListParams.Created.builder()
                                .setGte(StripeSandboxFixture.START
                                        .plus(Duration.ofDays(1))
                                        .getEpochSecond())
                                .build())
                        .build())
                .getData()
                .getFirst();

        assertThat(open.getAmountRemaining()).isEqualTo(999);
        assertThat(open.getNextPaymentAttempt()).isNotNull();
        assertThat(open.getHostedInvoiceUrl()).startsWith(fixture.sandbox.url());
        InvoicePayment payment = fixture.stripe
                .invoicePayments()
                .list(InvoicePaymentListParams.builder()
                        .setInvoice(open.getId())
                        .addExpand("data.payment.payment_intent")
                        .build())
                .getData()
                .getFirst();
        assertThat(payment.getPayment().getPaymentIntentObject().getStatus()).isEqualTo("requires_payment_method");
    }

    @Test
    void voidedInvoiceIsNoLongerDue() throws Exception {
        Subscription subscription = createPastDueSubscription();
        Invoice open = latest(subscription);

        fixture.stripe.invoices().voidInvoice(open.getId());

        assertThat(latest(subscription).getStatus()).isEqualTo("void");
        assertThat(latest(subscription).getNextPaymentAttempt()).isNull();
        assertThat(fixture.status(subscription)).isEqualTo("active");
        assertThat(fixture.eventTypes()).contains("payment_intent.canceled", "invoice.voided");
        assertThatThrownBy(() -> fixture.stripe.invoices().pay(open.getId()))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void olderOpenInvoiceKeepsSubscriptionPastDue() throws Exception {
        Subscription subscription = createPastDueSubscription();
        Invoice older = latest(subscription);
        fixture.put("/controls/billing", "{\"afterRetries\": \"PAST_DUE\"}");
        fixture.advanceDays(31);
        assertThat(latest(subscription).getId()).isNotEqualTo(older.getId());

        fixture.stripe.invoices().voidInvoice(latest(subscription).getId());
        assertThat(fixture.status(subscription)).isEqualTo("past_due");

        fixture.stripe.invoices().markUncollectible(older.getId());
        assertThat(fixture.status(subscription)).isEqualTo("active");
    }

    @Test
    void invoiceWithoutAutomaticCollectionIsNotRetried() throws Exception {
        Subscription subscription = createPastDueSubscription();
        Invoice open = latest(subscription);

        fixture.stripe
                .invoices()
                .update(
                        open.getId(),
                        InvoiceUpdateParams.builder().setAutoAdvance(false).build());
        fixture.put("/controls/customers/" + subscription.getCustomer() + "/card", "{\"behaviour\": \"GOOD\"}");
        fixture.advanceDays(10);

        assertThat(fixture.stripe.invoices().retrieve(open.getId()).getStatus()).isEqualTo("open");
    }

    @Test
    void draftCanBeFinalizedEarly() throws Exception {
        Subscription subscription = fixture.createSubscription("pay", 0);
        fixture.moveClockTo("2027-02-10T12:10:00Z");
        Invoice draft = latest(subscription);
        assertThat(draft.getStatus()).isEqualTo("draft");

        Invoice open = fixture.stripe.invoices().finalizeInvoice(draft.getId());

        assertThat(open.getStatus()).isEqualTo("open");
        assertThatThrownBy(() -> fixture.stripe.invoices().finalizeInvoice(draft.getId()))
                .isInstanceOf(InvalidRequestException.class);
        fixture.stripe.invoices().pay(draft.getId());
        assertThat(latest(subscription).getStatusTransitions().getPaidAt()).isNotNull();
    }

    @Test
    void cancellationStopsCollectionOfOpenInvoices() throws Exception {
        Subscription subscription = createPastDueSubscription();

        fixture.stripe.subscriptions().cancel(subscription.getId());

        assertThat(latest(subscription).getStatus()).isEqualTo("open");
        assertThat(latest(subscription).getAutoAdvance()).isFalse();
        assertThat(latest(subscription).getNextPaymentAttempt()).isNull();
    }
}
