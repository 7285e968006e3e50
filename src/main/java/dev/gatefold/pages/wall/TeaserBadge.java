package dev.gatefold.pages.wall;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.pages.layout.ViewerFormats;

/** What a teaser says of its article to whoever looks at it: whether it is open, and in a few words why. */
public record TeaserBadge(boolean open, String text) {
    static TeaserBadge of(Decision decision, Policy policy, ViewerFormats formats) {
        return new TeaserBadge(decision.granted(), text(decision, policy, formats));
    }

    private static String text(Decision decision, Policy policy, ViewerFormats formats) {
        // what has been read stays open when the meter is spent
        boolean readBefore = decision.granted()
                && decision.meter() != null
                && decision.meter().remaining() == 0;
        if (decision.meter() != null && policy.window() != null && !readBefore) {
            return formats.meter(decision.meter(), policy.window());
        }
        if (decision.granted()) {
            return formats.words().openToYou();
        }
        boolean wantsAnAccount = decision.reason() == DenyReason.SIGN_UP_REQUIRED && policy.gate() == Gate.REGISTERED;
        return wantsAnAccount
                ? formats.words().withAnAccount()
                : formats.words().forMembers();
    }
}
