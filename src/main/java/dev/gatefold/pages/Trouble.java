package dev.gatefold.pages;

import dev.gatefold.web.ProblemJson;

/** A problem, told to somebody who looks at it in a browser: what it is, and what to do. */
record Trouble(String headline, String text) {
    static Trouble of(ProblemJson problem, Words words) {
        return switch (problem.code()) {
            case "sign-in-failed" -> new Trouble(words.signInFailed(), words.signInFailedText());
            case "trial-already-used" -> new Trouble(words.notNow(), words.trialUsedText());
            case "already-subscribed" -> new Trouble(words.notNow(), words.alreadySubscribedText());
            case "no-subscription" -> new Trouble(words.notNow(), words.noSubscriptionText());
            case "share-budget-spent" -> new Trouble(words.notNow(), words.giftsSpentText());
            case "members-give" -> new Trouble(words.notNow(), words.giftsOfMembers());
            case "erasure-not-confirmed" -> new Trouble(words.notNow(), words.notErasedText());
            case "just-paid" -> new Trouble(words.notNow(), words.justPaidText());
            default -> of(problem.status(), words);
        };
    }

    private static Trouble of(int status, Words words) {
        return switch (status) {
            case 403 -> new Trouble(words.pageTooOld(), words.pageTooOldText());
            case 404 -> new Trouble(words.nothingHere(), words.nothingHereText());
            case 409 -> new Trouble(words.notNow(), words.tryAgainText());
            case 429, 503 -> new Trouble(words.outOfReach(), words.tryAgainText());
            case 500 -> new Trouble(words.ourMistake(), words.tryAgainText());
            default -> new Trouble(words.notUnderstood(), words.notUnderstoodText());
        };
    }
}
