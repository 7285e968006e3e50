package dev.gatefold.pages.account;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.pages.layout.PageMessages;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.pages.wall.WallView;
import dev.gatefold.shares.MemberShares;
import dev.gatefold.subscriptions.membership.Membership;
import dev.gatefold.subscriptions.membership.MembershipState;
import dev.gatefold.subscriptions.membership.SubscriptionSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The account, as its reader sees it.
 *
 * @param state in one sentence
 * @param next what happens next, and when; null where nothing does
 * @param plan what is held by subscription, and for how much; null where there is none
 * @param offers what could be bought; empty for who has a subscription
 * @param mayCancel whether there is a membership that renews
 * @param mayKeep whether there is one that is about to end
 * @param hasPaid whether there is anything to be looked after at the payment provider
 * @param gifts what has been given away; null for who has nothing to give, and gave nothing
 */
public record AccountView(
        String state,
        String next,
        String plan,
        List<PlanOffer> offers,
        boolean mayCancel,
        boolean mayKeep,
        boolean hasPaid,
        SharesSection gifts) {
    /** A price of a plan; {@code key} names the intention to buy at it, however often the button is pressed. */
    record PlanOffer(String name, String price, String plan, BillingInterval interval, String key) {}

    /** @param left how many more may be given away, in a sentence */
    record SharesSection(String left, List<ShareRow> items) {}

    /**
     * An article that was given away.
     *
     * @param link what to send to others; null where it opens nothing any more
     * @param story what has become of it, in a sentence
     */
    record ShareRow(String article, String link, String code, String story) {}

    static AccountView of(
            Membership membership,
            List<Plan> plans,
            MemberShares.ShareLinkList gifts,
            ViewerFormats formats,
            Instant at) {
        SubscriptionSummary bought = membership.subscription();
        boolean live = bought != null && bought.endedAt() == null;
        return new AccountView(
                state(membership, formats),
                next(membership, live, formats),
                live ? plan(bought, plans, formats) : null,
                live ? List.of() : offers(plans, formats),
                live && bought.endsAt() == null,
                live && bought.endsAt() != null,
                bought != null,
                gifts(membership, gifts, formats, at));
    }

    private static String state(Membership membership, ViewerFormats formats) {
        PageMessages words = formats.words();
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

    private static String until(Membership membership, ViewerFormats formats) {
        return membership.accessUntil() == null ? "–" : formats.date(membership.accessUntil());
    }

    private static String next(Membership membership, boolean live, ViewerFormats formats) {
        SubscriptionSummary bought = membership.subscription();
        if (!live || bought.paidUntil() == null) {
            return membership.state() == MembershipState.TRIAL ? formats.words().nothingCharged() : null;
        }
        return bought.endsAt() != null || bought.price() == null
                ? formats.words().nothingCharged()
                : formats.words().nextPayment(formats.money(bought.price()), formats.date(bought.paidUntil()));
    }

    private static String plan(SubscriptionSummary bought, List<Plan> plans, ViewerFormats formats) {
        // a plan that is no longer sold is held on, under its slug
        String name = Optional.ofNullable(bought.plan())
                .map(slug -> plans.stream()
                        .filter(plan -> plan.slug().equals(slug))
                        .map(Plan::name)
                        .findFirst()
                        .orElse(slug))
                .orElse(null);
        boolean priced = bought.price() != null && bought.interval() != null;
        return name == null || !priced ? name : name + ", " + formats.price(bought.price(), bought.interval());
    }

    private static List<PlanOffer> offers(List<Plan> plans, ViewerFormats formats) {
        return plans.stream()
                .flatMap(plan -> plan.prices().stream()
                        .map(price -> new PlanOffer(
                                plan.name(),
                                formats.price(price.price(), price.interval()),
                                plan.slug(),
                                price.interval(),
                                WallView.newIdempotencyKey())))
                .toList();
    }

    private static SharesSection gifts(
            Membership membership, MemberShares.ShareLinkList gifts, ViewerFormats formats, Instant at) {
        boolean gives = switch (membership.state()) {
            case ACTIVE, GRACE, CANCELING -> true;
            case NONE, TRIAL, PAUSED, ENDED -> false;
        };
        if (!gives && gifts.items().isEmpty()) {
            return null;
        }
        String left = gives
                ? formats.words().giftsLeft((int) gifts.left(), formats.date(gifts.renewsAt()))
                : formats.words().giftsOfMembers();
        return new SharesSection(
                left,
                gifts.items().stream().map(link -> gift(link, formats, at)).toList());
    }

    private static ShareRow gift(MemberShares.ShareLink link, ViewerFormats formats, Instant at) {
        boolean good = link.revokedAt() == null && at.isBefore(link.expiresAt());
        return new ShareRow(link.article(), good ? link.link() : null, link.code(), story(link, good, formats));
    }

    private static String story(MemberShares.ShareLink link, boolean good, ViewerFormats formats) {
        PageMessages words = formats.words();
        if (link.revokedAt() != null) {
            return words.giftTakenBack(formats.date(link.revokedAt()));
        }
        String until = formats.date(link.expiresAt());
        return good ? words.giftGood(link.opened(), link.devices(), until) : words.giftEnded(until);
    }
}
