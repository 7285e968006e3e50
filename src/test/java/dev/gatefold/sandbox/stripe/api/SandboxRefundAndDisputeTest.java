package dev.gatefold.sandbox.stripe.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Charge;
import com.stripe.model.Event;
import com.stripe.model.Subscription;
import com.stripe.param.ChargeListParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.RefundCreateParams;
import dev.gatefold.sandbox.stripe.StripeSandboxFixture;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refunds and disputes of the sandbox, and the references from a charge to its subscription. */
class SandboxRefundAndDisputeTest {
    private final StripeSandboxFixture fixture = new StripeSandboxFixture();
    private Subscription subscription;
    private String charge;

    @BeforeEach
    void createPaidSubscription() throws Exception {
        subscription = fixture.createSubscription("pay", 0);
        var theirs = ChargeListParams.builder()
                .setCustomer(subscription.getCustomer())
                .build();
        charge = fixture.stripe.charges().list(theirs).getData().getFirst().getId();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void chargeLeadsToItsSubscription() throws Exception {
        String intent = fixture.stripe.charges().retrieve(charge).getPaymentIntent();
        var payment = InvoicePaymentListParams.Payment.builder()
                .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                .setPaymentIntent(intent)
                .build();

        var found = fixture.stripe
                .invoicePayments()
                .list(InvoicePaymentListParams.builder().setPayment(payment).build())
                .getData();

        assertThat(found).hasSize(1);
        assertThat(fixture.stripe
                        .invoices()
                        .retrieve(found.getFirst().getInvoice())
                        .getParent()
                        .getSubscriptionDetails()
                        .getSubscription())
                .isEqualTo(subscription.getId());
    }

    @Test
    void partialRefundsAccumulate() throws Exception {
        for (long amount : List.of(300L, 200L)) {
            fixture.stripe
                    .refunds()
                    .create(RefundCreateParams.builder()
                            .setCharge(charge)
                            .setAmount(amount)
                            .build());
        }

        assertThat(fixture.events())
                .filteredOn(it -> it.getType().equals("charge.refunded"))
                .extracting(SandboxRefundAndDisputeTest::charge)
                .extracting(Charge::getAmountRefunded)
                .containsExactly(300L, 500L);
        assertThat(fixture.stripe.charges().retrieve(charge).getRefunded()).isFalse();
        assertThat(fixture.status(subscription)).isEqualTo("active");
    }

    private static Charge charge(Event event) {
        return (Charge) event.getDataObjectDeserializer().getObject().orElseThrow();
    }

    @Test
    void refundBeyondChargeIsRejected() throws Exception {
        var all = RefundCreateParams.builder().setCharge(charge).build();
        fixture.stripe.refunds().create(all);

        assertThat(fixture.stripe.charges().retrieve(charge).getRefunded()).isTrue();
        assertThatThrownBy(() -> fixture.stripe.refunds().create(all))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        it -> assertThat(it.getCode()).isEqualTo("charge_already_refunded"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            dispute, win-dispute,  needs_response,         won
            dispute, lose-dispute, needs_response,         lost
            inquiry, win-dispute,  warning_needs_response, warning_closed
            inquiry, lose-dispute, warning_needs_response, lost
            """)
    void disputeIsOpenedAndClosed(String opens, String closes, String first, String last) throws Exception {
        fixture.post("/controls/subscriptions/" + subscription.getId() + "/" + opens, "");
        assertThat(fixture.eventTypes()).contains("charge.dispute.created");
        assertThat(status()).isEqualTo(first);

        fixture.post("/controls/subscriptions/" + subscription.getId() + "/" + closes, "");

        assertThat(fixture.eventTypes()).contains("charge.dispute.closed");
        assertThat(status()).isEqualTo(last);
        assertThat(fixture.stripe.charges().retrieve(charge).getDisputed()).isTrue();
        assertThat(fixture.status(subscription)).isEqualTo("active");
    }

    private String status() throws Exception {
        return fixture.stripe
                .disputes()
                .list(DisputeListParams.builder().setCharge(charge).build())
                .getData()
                .getFirst()
                .getStatus();
    }
}
