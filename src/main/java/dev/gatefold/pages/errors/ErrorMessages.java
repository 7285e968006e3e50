package dev.gatefold.pages.errors;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of error pages. */
@MessageBundle("errors")
public interface ErrorMessages {
    @Message("Sign-in failed")
    String signInFailed();

    @Message("Nothing has changed. Please try to sign in again.")
    String signInFailedText();

    @Message("This isn’t possible right now")
    String notPossible();

    @Message("You’ve already used your free trial.")
    String trialUsedText();

    @Message("You already have a membership.")
    String alreadySubscribedText();

    @Message("The price has changed")
    String priceChanged();

    @Message("Nothing has been charged. Go back to see the new price.")
    String priceChangedText();

    @Message("You don’t have an active membership.")
    String noSubscriptionText();

    @Message("You’ve reached your monthly limit for shared articles.")
    String shareLimitText();

    @Message("We couldn’t end your membership with our payment provider, so we didn’t delete anything."
            + " Please try again in a few minutes.")
    String deletionFailedText();

    @Message("We’ve just received a payment from you, so we didn’t delete anything. If you delete your"
            + " account now, you also lose what you paid for.")
    String justPaidText();

    @Message("This page has expired")
    String pageExpired();

    @Message("Nothing has changed. Go back, reload the page and try again.")
    String pageExpiredText();

    @Message("Page not found")
    String notFound();

    @Message("The page may have moved, or the link may have expired.")
    String notFoundText();

    @Message("We’re temporarily unavailable")
    String serviceUnavailable();

    @Message("Something went wrong")
    String internalError();

    @Message("Please try again in a few minutes.")
    String tryAgainText();

    @Message("We couldn’t process this request")
    String invalidRequest();

    @Message("Go back and try again.")
    String invalidRequestText();

    @Message("Go to home page")
    String goHome();
}
