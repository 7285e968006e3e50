package dev.gatefold.access.decide;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.kernel.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A next step for a denied reader.
 *
 * @param trialDays length of the free trial in days of 24 hours; null if the offer includes none
 * @param plan slug of the offered plan; null if the offer is not about a plan
 * @param price price per {@code interval}; null if there is none, if the payment provider's price has no fixed
 *     amount, or if the app store forbids showing it
 * @param href path of the next step: relative to this service if it starts with {@code /v1/}, otherwise to the site of the
 *     reader app; null for {@code WAIT}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"kind"})
public record Offer(
        OfferKind kind, Integer trialDays, String plan, Money price, BillingInterval interval, String href) {
    /** Kind of a next step. */
    public enum OfferKind {
        SIGN_UP,
        SIGN_IN,
        START_TRIAL,
        SUBSCRIBE,
        RESUBSCRIBE,
        /** Pay the open invoice. */
        PAY_NOW,
        UPDATE_PAYMENT,
        /** Continue a paused subscription. */
        RESUME,
        UPGRADE,
        /** Wait until the meter resets or the embargo ends. */
        WAIT
    }

    static Offer withoutPlan(OfferKind kind, String href) {
        return new Offer(kind, null, null, null, null, href);
    }

    Offer withoutPrice() {
        return new Offer(kind, trialDays, plan, null, null, href);
    }
}
