package dev.gatefold.subscriptions.membership;

import dev.gatefold.subscriptions.model.NextPayment;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The next payment of a membership, as the billing provider's preview states it.
 *
 * @param amount in the minor unit of the currency; 0 if a discount or the customer's balance covers it
 * @param currency ISO 4217 code, lower case
 * @param at when it is charged
 */
@Schema(requiredProperties = {"amount", "currency", "at"})
public record UpcomingPayment(long amount, String currency, Instant at) {
    /** Why no next payment is stated. */
    public enum NoPaymentReason {
        /** Nothing will be charged. */
        NOTHING_DUE,
        /** Something may be charged, but the billing provider has not stated it yet. */
        NOT_KNOWN
    }

    static UpcomingPayment of(NextPayment next) {
        return new UpcomingPayment(next.amount().amount(), next.amount().currency(), next.dueAt());
    }
}
