package dev.gatefold.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Dispute;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which disputes count as a reversal of the payment. */
class PaymentReversalTest {
    @ParameterizedTest
    @CsvSource({
        "warning_needs_response, false",
        "warning_closed, false",
        "needs_response, true",
        "under_review, true",
        "lost, true",
        "won, false",
    })
    void inquiryIsNotTreatedAsDispute(String status, boolean disputed) {
        Dispute dispute = new Dispute();
        dispute.setStatus(status);
        dispute.setCreated(1000L);

        assertThat(PaymentReversal.disputedAt(List.of(dispute)) != null).isEqualTo(disputed);
    }
}
