package dev.gatefold.pages.account;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.shares.ShareLinkList;
import dev.gatefold.subscriptions.membership.Membership;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The account page.
 *
 * @param state state of the membership, one or two sentences
 * @param plan name of the plan; null without a membership
 * @param payments what is owed and what will be charged; may be empty
 * @param actions what the reader can do about the membership, the most important first
 * @param hasBilling true if the reader has data at the billing provider
 * @param shares null for readers who cannot share and have not shared anything
 */
record AccountView(
        String state,
        String plan,
        List<String> payments,
        List<AccountAction> actions,
        boolean hasBilling,
        SharesView shares) {
    static AccountView of(
            Membership membership, Catalog catalog, ShareLinkList shares, ViewerFormats formats, Instant now) {
        MembershipTexts texts = new MembershipTexts(membership, formats);
        return new AccountView(
                texts.state(),
                plan(membership, catalog, formats),
                Stream.of(texts.amountDue(), texts.nextPayment())
                        .flatMap(Optional::stream)
                        .toList(),
                AccountAction.of(membership, catalog.plans(), formats),
                membership.subscription() != null,
                SharesView.of(membership, shares, formats, now));
    }

    private static String plan(Membership membership, Catalog catalog, ViewerFormats formats) {
        boolean held = switch (membership.state()) {
            case TRIAL, PENDING, ACTIVE, GRACE, PAST_DUE, PAUSED, CANCELING -> true;
            case NONE, ENDED -> false;
        };
        String slug = membership.plan();
        // a plan that the catalog does not know is shown by its slug
        return !held || slug == null
                ? null
                : catalog.plan(slug)
                        .map(plan -> plan.localizedName(formats.locale()))
                        .orElse(slug);
    }
}
