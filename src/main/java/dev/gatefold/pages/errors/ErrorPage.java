package dev.gatefold.pages.errors;

import dev.gatefold.pages.layout.CommonMessages;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.web.problems.ProblemJson;

/**
 * An error page: what happened, and what the reader can do.
 *
 * @param headline one line, without a period
 * @param text one or two sentences
 */
record ErrorPage(String headline, String text) {
    /** Returns the page for a problem: by its code if there is a text for it, else by its status. */
    static ErrorPage of(ProblemJson problem, ViewerFormats formats) {
        ErrorMessages messages = formats.messages(ErrorMessages.class);
        return switch (problem.code()) {
            case "sign-in-failed" -> new ErrorPage(messages.signInFailed(), messages.signInFailedText());
            case "trial-already-used" -> notPossible(messages, messages.trialUsedText());
            case "already-subscribed" -> notPossible(messages, messages.alreadySubscribedText());
            case "price-changed" -> new ErrorPage(messages.priceChanged(), messages.priceChangedText());
            case "no-subscription" -> notPossible(messages, messages.noSubscriptionText());
            case "share-budget-spent" -> notPossible(messages, messages.shareLimitText());
            case "members-give" ->
                notPossible(messages, formats.messages(CommonMessages.class).sharingForMembers());
            case "erasure-not-confirmed" -> notPossible(messages, messages.deletionFailedText());
            case "just-paid" -> notPossible(messages, messages.justPaidText());
            default -> ofStatus(problem.status(), messages);
        };
    }

    private static ErrorPage notPossible(ErrorMessages messages, String text) {
        return new ErrorPage(messages.notPossible(), text);
    }

    private static ErrorPage ofStatus(int status, ErrorMessages messages) {
        return switch (status) {
            case 403 -> new ErrorPage(messages.pageExpired(), messages.pageExpiredText());
            case 404 -> new ErrorPage(messages.notFound(), messages.notFoundText());
            case 409 -> notPossible(messages, messages.tryAgainText());
            case 429, 503 -> new ErrorPage(messages.serviceUnavailable(), messages.tryAgainText());
            case 500 -> new ErrorPage(messages.internalError(), messages.tryAgainText());
            default -> new ErrorPage(messages.invalidRequest(), messages.invalidRequestText());
        };
    }
}
