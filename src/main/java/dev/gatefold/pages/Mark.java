package dev.gatefold.pages;

import dev.gatefold.access.Decision;
import dev.gatefold.access.Reason;
import dev.gatefold.catalog.Gate;
import dev.gatefold.catalog.Policy;

/** What a teaser says of its article to whoever looks at it: whether it is open, and in a few words why. */
public record Mark(boolean open, String text) {
    static Mark of(Decision decision, Policy policy, Formats formats) {
        return new Mark(decision.granted(), text(decision, policy, formats));
    }

    private static String text(Decision decision, Policy policy, Formats formats) {
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
        boolean wantsAnAccount = decision.reason() == Reason.SIGN_UP_REQUIRED && policy.gate() == Gate.REGISTERED;
        return wantsAnAccount
                ? formats.words().withAnAccount()
                : formats.words().forMembers();
    }
}
