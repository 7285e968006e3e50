package dev.gatefold.pages.account;

import dev.gatefold.pages.layout.CommonMessages;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.shares.ShareLink;
import dev.gatefold.shares.ShareLinkList;
import dev.gatefold.subscriptions.membership.Membership;
import java.time.Instant;
import java.util.List;

/**
 * The section of the account page about shared articles.
 *
 * @param summary how many more articles the reader can share, as a sentence
 */
record SharesView(String summary, List<ShareRow> items) {
    /**
     * A shared article.
     *
     * @param article canonical URL, or the source's own reference
     * @param link URL to share; null if it no longer opens the article
     * @param status how often the link was opened, or why it no longer works; one or two sentences
     */
    record ShareRow(String article, String link, String code, String status) {
        private static ShareRow of(ShareLink link, ViewerFormats formats, Instant now) {
            boolean active = link.revokedAt() == null && now.isBefore(link.expiresAt());
            return new ShareRow(
                    link.article(), active ? link.link() : null, link.code(), status(link, active, formats));
        }

        private static String status(ShareLink link, boolean active, ViewerFormats formats) {
            SharesMessages messages = formats.messages(SharesMessages.class);
            if (link.revokedAt() != null) {
                return messages.shareDeactivated(formats.date(link.revokedAt()));
            }
            String expiry = formats.date(link.expiresAt());
            return active ? messages.shareActive(link.opened(), link.devices(), expiry) : messages.shareExpired(expiry);
        }
    }

    /** Returns the section, or null for readers who cannot share and have not shared anything. */
    static SharesView of(Membership membership, ShareLinkList shares, ViewerFormats formats, Instant now) {
        boolean canShare = canShare(membership);
        if (!canShare && shares.items().isEmpty()) {
            return null;
        }
        String summary = canShare
                ? formats.messages(SharesMessages.class)
                        .sharesLeft((int) shares.left(), formats.date(shares.renewsAt()))
                : formats.messages(CommonMessages.class).sharingForMembers();
        return new SharesView(
                summary,
                shares.items().stream()
                        .map(link -> ShareRow.of(link, formats, now))
                        .toList());
    }

    private static boolean canShare(Membership membership) {
        return switch (membership.state()) {
            case ACTIVE, GRACE, CANCELING -> true;
            case NONE, TRIAL, PENDING, PAST_DUE, PAUSED, ENDED -> false;
        };
    }
}
