package dev.gatefold.pages.wall;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.pages.layout.ViewerFormats;

/**
 * The label of a teaser: whether the viewer can read the article, and why in a few words.
 *
 * @param open true if access is granted
 */
public record TeaserBadge(boolean open, String text) {
    static TeaserBadge of(Decision decision, Policy policy, ViewerFormats formats) {
        return new TeaserBadge(decision.granted(), text(decision, policy, formats));
    }

    private static String text(Decision decision, Policy policy, ViewerFormats formats) {
        WallMessages messages = formats.messages(WallMessages.class);
        if (decision.meter() != null && policy.window() != null && !isReadBefore(decision)) {
            return formats.meter(decision.meter(), policy.window());
        }
        if (decision.granted()) {
            return messages.availableToYou();
        }
        boolean accountSuffices = decision.reason() == DenyReason.SIGN_UP_REQUIRED && policy.gate() == Gate.REGISTERED;
        return accountSuffices ? messages.freeWithAccount() : messages.membersOnly();
    }

    /** An exhausted meter grants only articles that were read before in the same period. */
    private static boolean isReadBefore(Decision decision) {
        return decision.granted() && decision.meter().remaining() == 0;
    }
}
