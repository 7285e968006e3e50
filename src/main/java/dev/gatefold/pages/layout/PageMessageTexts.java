package dev.gatefold.pages.layout;

import dev.gatefold.web.http.PageMessage;

/** Words the messages about what the reader has just done. */
public final class PageMessageTexts {
    private PageMessageTexts() {}

    /** Returns the text of a message. */
    public static String text(PageMessage message, ViewerFormats formats) {
        PageMessages texts = formats.messages(PageMessages.class);
        return switch (message) {
            case MEMBERSHIP_STARTED -> texts.membershipStarted();
            case ORDER_RECEIVED -> texts.orderReceived();
            case PAYMENT_UNCONFIRMED -> texts.paymentUnconfirmed();
            case TRIAL_STARTED -> texts.trialStarted();
            case MEMBERSHIP_CANCELED -> texts.membershipCanceled();
            case CANCELLATION_UNDONE -> texts.cancellationUndone();
            case CHANGE_REFUSED -> texts.changeRefused();
            case MEMBERSHIP_RESUMED -> texts.membershipResumed();
            case NOTHING_DUE -> texts.nothingDue();
            case ACCOUNT_DELETED -> texts.accountDeleted();
        };
    }
}
