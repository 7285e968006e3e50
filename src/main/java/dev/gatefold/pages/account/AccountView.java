package dev.gatefold.pages.account;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.shares.ShareLinkList;
import dev.gatefold.subscriptions.membership.Membership;
import dev.gatefold.subscriptions.membership.MembershipState;
import dev.gatefold.subscriptions.membership.SubscriptionSummary;
import java.time.Instant;
import java.util.List;

/**
 * The account page.
 *
 * @param state state of the membership, one or two sentences
 * @param next next payment, or that nothing is charged; null if unknown or without a trial or subscription
 * @param plan name and price of the plan of the live subscription; null without one
 * @param offers plans that the reader can buy; empty with a live subscription
 * @param canCancel true if a live subscription renews
 * @param canResume true if a live subscription is canceled and has not ended
 * @param hasBilling true if the reader has data at the billing provider
 * @param shares null for readers who cannot share and have not shared anything
 */
record AccountView(
        String state,
        String next,
        String plan,
        List<PlanOffer> offers,
        boolean canCancel,
        boolean canResume,
        boolean hasBilling,
        SharesView shares) {
    static AccountView of(
            Membership membership, Catalog catalog, ShareLinkList shares, ViewerFormats formats, Instant now) {
        SubscriptionSummary subscription = membership.subscription();
        boolean live = subscription != null && subscription.endedAt() == null;
        return new AccountView(
                state(membership, formats),
                live ? nextPayment(subscription, formats) : nothingChargedInTrial(membership, formats),
                live ? plan(subscription, catalog, formats) : null,
                live ? List.of() : PlanOffer.of(catalog.plans(), formats),
                live && subscription.endsAt() == null,
                live && subscription.endsAt() != null,
                subscription != null,
                SharesView.of(membership, shares, formats, now));
    }

    private static String state(Membership membership, ViewerFormats formats) {
        AccountMessages messages = formats.messages(AccountMessages.class);
        return switch (membership.state()) {
            case NONE -> messages.stateNone();
            case TRIAL -> messages.stateTrial(accessUntil(membership, formats));
            case PENDING -> messages.statePending();
            case ACTIVE -> messages.stateActive();
            case GRACE -> messages.stateGrace(accessUntil(membership, formats));
            case PAST_DUE -> messages.statePastDue();
            case PAUSED -> messages.statePaused();
            case CANCELING -> messages.stateCanceling(accessUntil(membership, formats));
            case ENDED -> messages.stateEnded();
        };
    }

    private static String accessUntil(Membership membership, ViewerFormats formats) {
        return membership.accessUntil() == null ? "–" : formats.date(membership.accessUntil());
    }

    private static String nextPayment(SubscriptionSummary subscription, ViewerFormats formats) {
        AccountMessages messages = formats.messages(AccountMessages.class);
        if (subscription.paidUntil() == null) {
            return null;
        }
        return subscription.endsAt() != null || subscription.price() == null
                ? messages.nothingCharged()
                : messages.nextPayment(formats.money(subscription.price()), formats.date(subscription.paidUntil()));
    }

    private static String nothingChargedInTrial(Membership membership, ViewerFormats formats) {
        return membership.state() == MembershipState.TRIAL
                ? formats.messages(AccountMessages.class).nothingCharged()
                : null;
    }

    private static String plan(SubscriptionSummary subscription, Catalog catalog, ViewerFormats formats) {
        if (subscription.plan() == null) {
            return null;
        }
        // a plan that the catalog does not know is shown by its slug
        String name = catalog.plan(subscription.plan())
                .map(it -> it.localizedName(formats.locale()))
                .orElse(subscription.plan());
        return subscription.price() == null || subscription.interval() == null
                ? name
                : name + ", " + formats.price(subscription.price(), subscription.interval());
    }
}
