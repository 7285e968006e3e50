package dev.gatefold.pages;

import dev.gatefold.catalog.Interval;
import dev.gatefold.catalog.Plan;
import dev.gatefold.subscriptions.Membership;
import dev.gatefold.subscriptions.Membership.Bought;
import java.util.List;

/**
 * The account, as its reader sees it.
 *
 * @param state in one sentence
 * @param next what happens next, and when; null where nothing does
 * @param offers what could be bought; empty for who has a subscription
 * @param mayCancel whether there is a membership that renews
 * @param mayKeep whether there is one that is about to end
 * @param hasPaid whether there is anything to be looked after at the payment provider
 */
record AccountView(
        String state, String next, List<Offered> offers, boolean mayCancel, boolean mayKeep, boolean hasPaid) {
    /** A price of a plan; {@code key} names the intention to buy at it, however often the button is pressed. */
    record Offered(String name, String price, String plan, Interval interval, String key) {}

    static AccountView of(Membership membership, List<Plan> plans, Formats formats) {
        Bought bought = membership.subscription();
        boolean live = bought != null && bought.endedAt() == null;
        return new AccountView(
                state(membership, formats),
                next(membership, live, formats),
                live ? List.of() : offers(plans, formats),
                live && bought.endsAt() == null,
                live && bought.endsAt() != null,
                bought != null);
    }

    private static List<Offered> offers(List<Plan> plans, Formats formats) {
        return plans.stream()
                .flatMap(plan -> plan.prices().stream()
                        .map(price -> new Offered(
                                plan.name(),
                                formats.price(price.price(), price.interval()),
                                plan.slug(),
                                price.interval(),
                                Wall.key())))
                .toList();
    }

    private static String state(Membership membership, Formats formats) {
        Words words = formats.words();
        return switch (membership.state()) {
            case NONE -> words.stateNone();
            case TRIAL -> words.stateTrial(until(membership, formats));
            case ACTIVE -> words.stateActive();
            case GRACE -> words.stateGrace(until(membership, formats));
            case PAUSED -> words.statePaused();
            case CANCELING -> words.stateCanceling(until(membership, formats));
            case ENDED -> words.stateEnded();
        };
    }

    private static String until(Membership membership, Formats formats) {
        return membership.accessUntil() == null ? "–" : formats.date(membership.accessUntil());
    }

    private static String next(Membership membership, boolean live, Formats formats) {
        Bought bought = membership.subscription();
        if (!live || bought.paidUntil() == null) {
            return membership.state() == Membership.State.TRIAL
                    ? formats.words().nothingCharged()
                    : null;
        }
        return bought.endsAt() != null || bought.price() == null
                ? formats.words().nothingCharged()
                : formats.words()
                        .nextPayment(
                                formats.price(bought.price(), bought.interval()), formats.date(bought.paidUntil()));
    }
}
