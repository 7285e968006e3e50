package dev.gatefold.subscriptions.model;

import dev.gatefold.kernel.Money;
import java.time.Instant;

/**
 * The next payment of a subscription, as the billing provider's preview of the next invoice states it.
 *
 * @param amount what will be charged; null unless {@code EXPECTED}
 * @param dueAt when it will be charged; null unless {@code EXPECTED}
 * @param checkedAt when the provider was asked; null if it was not
 */
public record NextPayment(NextPaymentStatus status, Money amount, Instant dueAt, Instant checkedAt) {
    /** Whether the next payment is known. */
    public enum NextPaymentStatus {
        EXPECTED,
        /** The provider stated that nothing will be charged. */
        NOTHING_DUE,
        /** The provider has not been asked or did not answer. */
        NOT_KNOWN
    }

    /** A payment of which nothing is known yet. */
    public static final NextPayment UNKNOWN = new NextPayment(NextPaymentStatus.NOT_KNOWN, null, null, null);

    public NextPayment {
        if ((status == NextPaymentStatus.EXPECTED) != (amount != null && dueAt != null)) {
            throw new IllegalArgumentException("An expected payment has an amount and a date, others have neither");
        }
    }

    public static NextPayment expected(Money amount, Instant dueAt, Instant checkedAt) {
        return new NextPayment(NextPaymentStatus.EXPECTED, amount, dueAt, checkedAt);
    }

    public static NextPayment nothingDue(Instant checkedAt) {
        return new NextPayment(NextPaymentStatus.NOTHING_DUE, null, null, checkedAt);
    }
}
