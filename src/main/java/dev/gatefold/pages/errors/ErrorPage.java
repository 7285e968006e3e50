package dev.gatefold.pages.errors;

import dev.gatefold.pages.layout.PageMessages;
import dev.gatefold.web.problems.ProblemJson;

/** A problem, told to somebody who looks at it in a browser: what it is, and what to do. */
public record ErrorPage(String headline, String text) {
    static ErrorPage of(ProblemJson problem, PageMessages words) {
        return switch (problem.code()) {
            case "sign-in-failed" -> new ErrorPage(words.signInFailed(), words.signInFailedText());
            case "trial-already-used" -> new ErrorPage(words.notNow(), words.trialUsedText());
            case "already-subscribed" -> new ErrorPage(words.notNow(), words.alreadySubscribedText());
            case "no-subscription" -> new ErrorPage(words.notNow(), words.noSubscriptionText());
            case "share-budget-spent" -> new ErrorPage(words.notNow(), words.giftsSpentText());
            case "members-give" -> new ErrorPage(words.notNow(), words.giftsOfMembers());
            case "erasure-not-confirmed" -> new ErrorPage(words.notNow(), words.notErasedText());
            case "just-paid" -> new ErrorPage(words.notNow(), words.justPaidText());
            default -> of(problem.status(), words);
        };
    }

    private static ErrorPage of(int status, PageMessages words) {
        return switch (status) {
            case 403 -> new ErrorPage(words.pageTooOld(), words.pageTooOldText());
            case 404 -> new ErrorPage(words.nothingHere(), words.nothingHereText());
            case 409 -> new ErrorPage(words.notNow(), words.tryAgainText());
            case 429, 503 -> new ErrorPage(words.outOfReach(), words.tryAgainText());
            case 500 -> new ErrorPage(words.ourMistake(), words.tryAgainText());
            default -> new ErrorPage(words.notUnderstood(), words.notUnderstoodText());
        };
    }
}
