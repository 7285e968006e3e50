package dev.gatefold.subscriptions.policy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings that decide how late, pending, refunded and disputed payments affect access. */
@ConfigMapping(prefix = "gatefold.membership")
public interface MembershipConfig {
    /** The effect of a refund or dispute on access. */
    enum ReversalPolicy {
        /** Access depends on the status of the subscription alone. */
        KEEP,
        /** Access ends with the refund; or it stops with the dispute, until the dispute is won or the next period is paid. */
        END
    }

    /** The effect of a first payment that takes days, such as a bank debit. */
    enum PendingPaymentPolicy {
        /** Access starts when the payment has succeeded. */
        DENY,
        /** Access starts immediately and ends if the payment fails. */
        GRANT
    }

    /** How long access continues after a failed renewal, counted from the start of the unpaid period. */
    @WithDefault("P7D")
    Duration grace();

    /**
     * How long access of a renewing subscription continues after the end of the paid period while no renewal has been
     * recorded. Providers charge a renewal an hour or more after the period has ended, and the event may arrive late.
     */
    @WithDefault("P1D")
    Duration renewalLeeway();

    /** Whether a pending first payment gives access. */
    @WithDefault("DENY")
    PendingPaymentPolicy pendingPayment();

    /** Whether a full refund of the current period ends access. A partial refund has no effect. */
    @WithDefault("KEEP")
    ReversalPolicy refund();

    /** Whether a dispute about the payment of the current period ends access. An inquiry has no effect. */
    @WithDefault("END")
    ReversalPolicy dispute();
}
