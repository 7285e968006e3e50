package dev.gatefold.sandbox.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The purchase of a demo reader and what happened to it since, relative to now. The Stripe sandbox performs the steps. */
final class DemoHistory {
    private static final String MEMBERSHIP = "membership_month";
    private static final Duration DAY = Duration.ofDays(1);
    private static final String DECLINED_CARD = "DECLINES";
    private static final String PAUSED_COLLECTION = "pause_collection[behavior]=void";
    private static final String TRIAL_WITHOUT_CARD = "subscription_data[trial_period_days]=7"
            + "&subscription_data[trial_settings][end_behavior][missing_payment_method]=pause"
            + "&payment_method_collection=if_required";

    /**
     * A step of the history.
     *
     * @param action {@code checkout}, {@code card}, {@code update}, or an action on the subscription such as {@code dispute}
     * @param price lookup key of the price that is bought; null for other actions
     * @param card how the payment method behaves; null for one that succeeds
     * @param form additional parameters in Stripe's form encoding; null for none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DemoStep(Instant at, String action, String price, String card, String form) {}

    private final Instant now;
    private final List<DemoStep> steps = new ArrayList<>();

    private DemoHistory(Instant now) {
        this.now = now;
    }

    /** Returns the steps, oldest first; empty for a reader without a subscription. */
    static List<DemoStep> of(DemoPersona persona, Instant now) {
        DemoHistory history = new DemoHistory(now);
        history.add(persona);
        return List.copyOf(history.steps);
    }

    private void add(DemoPersona persona) {
        switch (persona) {
            case ANN -> buy(MEMBERSHIP, daysAgo(10));
            case IVY -> buy("presse_month", daysAgo(10));
            case CLEO -> failRenewal(daysAgo(2));
            case FAY -> failRenewal(daysAgo(9));
            case EVE -> {
                Instant ended = daysAgo(10);
                buy(MEMBERSHIP, monthBefore(ended));
                act("cancel-at-period-end", ended.minus(DAY));
            }
            case JON -> buy(daysAgo(4), null, "subscription_data[trial_period_days]=14");
            case KIM -> {
                buy(MEMBERSHIP, daysAgo(10));
                act("cancel-at-period-end", daysAgo(3));
            }
            case LEO -> buy(daysAgo(12), null, TRIAL_WITHOUT_CARD);
            case MIA -> buy(daysAgo(1), "DELAYED", null);
            case NOA -> {
                buy(MEMBERSHIP, daysAgo(10));
                update(PAUSED_COLLECTION, daysAgo(3));
            }
            case OLI -> {
                buy(MEMBERSHIP, daysAgo(10));
                update("cancel_at=" + now.plus(Duration.ofDays(100)).getEpochSecond(), daysAgo(3));
            }
            case PIA -> {
                buy(MEMBERSHIP, daysAgo(10));
                act("dispute", daysAgo(2));
            }
            case BEN, DAN, GUS, HAL, QUIN, SAM, SUE, ADA -> {}
        }
    }

    private Instant daysAgo(int days) {
        return now.minus(Duration.ofDays(days));
    }

    private static Instant monthBefore(Instant end) {
        return end.atZone(ZoneOffset.UTC).minusMonths(1).toInstant();
    }

    /** Buys the membership so that it renews at the instant, with a card that is declined by then. */
    private void failRenewal(Instant renewal) {
        buy(MEMBERSHIP, monthBefore(renewal));
        steps.add(new DemoStep(monthBefore(renewal).plus(DAY), "card", null, DECLINED_CARD, null));
    }

    private void buy(String price, Instant at) {
        steps.add(new DemoStep(at, "checkout", price, null, null));
    }

    private void buy(Instant at, String card, String form) {
        steps.add(new DemoStep(at, "checkout", MEMBERSHIP, card, form));
    }

    private void update(String form, Instant at) {
        steps.add(new DemoStep(at, "update", null, null, form));
    }

    private void act(String action, Instant at) {
        steps.add(new DemoStep(at, action, null, null, null));
    }
}
