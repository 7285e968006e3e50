package dev.gatefold.subscriptions.policy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator decides about payments that are late, slow, given back or disputed. */
@ConfigMapping(prefix = "gatefold.membership")
public interface MembershipConfig {
    enum ReversalPolicy {
        /** Access follows the subscription alone. */
        KEEP,
        /** Access ends with the refund, or rests from the dispute until it is won or the next period is paid. */
        END
    }

    enum PendingPaymentPolicy {
        /** Access begins when the money has come. */
        DENY,
        /** Access begins at once, and ends if the money does not come. */
        GRANT
    }

    /** So long a reader whose renewal failed goes on reading, from the start of the unpaid period. */
    @WithDefault("P7D")
    Duration grace();

    /**
     * So long after the end of a paid period a renewing reader goes on reading without news: a renewal is charged an hour
     * or more after the period has rolled over, and the news may be late.
     */
    @WithDefault("P1D")
    Duration renewalLeeway();

    /** What a first payment is worth that takes days, such as a bank debit. */
    @WithDefault("DENY")
    PendingPaymentPolicy pendingPayment();

    /** What follows when the whole payment of the running period was given back. A part of it never changes anything. */
    @WithDefault("KEEP")
    ReversalPolicy refund();

    /** What follows when the payment of the running period is disputed. An inquiry never changes anything. */
    @WithDefault("END")
    ReversalPolicy dispute();
}
