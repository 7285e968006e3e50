package dev.gatefold.billing.stripe;

import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The refund and dispute of a payment.
 *
 * @param refundedAt when the payment was refunded in full; null if it was not
 * @param disputedAt when a dispute began that is open or lost; null if there is none
 */
record PaymentReversal(Instant refundedAt, Instant disputedAt) {
    static final PaymentReversal NONE = new PaymentReversal(null, null);

    /** Leaves out inquiries ({@code warning_...}) and won disputes, which have no effect. */
    private static final Set<String> EFFECTIVE_DISPUTES = Set.of("needs_response", "under_review", "lost");

    /**
     * Returns the reversal of a charge.
     *
     * @param now stands for the time of a refund, which Stripe's charge does not contain
     */
    static PaymentReversal of(Charge charge, List<Dispute> disputes, Instant now) {
        return new PaymentReversal(Boolean.TRUE.equals(charge.getRefunded()) ? now : null, disputedAt(disputes));
    }

    /** Maps a row with the columns {@code refunded_at} and {@code disputed_at}. */
    static PaymentReversal of(Tuple row) {
        return new PaymentReversal(row.get("refunded_at", Instant.class), row.get("disputed_at", Instant.class));
    }

    /** Returns when the first dispute began that is open or lost, or null if there is none. */
    static Instant disputedAt(List<Dispute> disputes) {
        return disputes.stream()
                .filter(dispute -> EFFECTIVE_DISPUTES.contains(dispute.getStatus()))
                .map(Dispute::getCreated)
                .filter(Objects::nonNull)
                .map(Instant::ofEpochSecond)
                .min(Instant::compareTo)
                .orElse(null);
    }
}
