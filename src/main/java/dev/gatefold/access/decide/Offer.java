package dev.gatefold.access.decide;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.kernel.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a denied reader can do next.
 *
 * @param trialDays free days, where the offer begins with a trial
 * @param price each {@code interval}; absent where an app store forbids to name it
 * @param href where; relative to this service for {@code /v1/}, else to the reader app's site
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"kind"})
public record Offer(
        OfferKind kind, Integer trialDays, String plan, Money price, BillingInterval interval, String href) {
    public enum OfferKind {
        SIGN_UP,
        SIGN_IN,
        START_TRIAL,
        SUBSCRIBE,
        RESUBSCRIBE,
        UPDATE_PAYMENT,
        UPGRADE,
        /** Until the meter starts again, or an embargo is over. */
        WAIT
    }

    static Offer withoutPlan(OfferKind kind, String href) {
        return new Offer(kind, null, null, null, null, href);
    }

    Offer withoutPrice() {
        return new Offer(kind, trialDays, plan, null, null, href);
    }
}
