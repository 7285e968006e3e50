package dev.gatefold.pages.layout;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the messages about what the reader has just done. */
@MessageBundle("done")
public interface PageMessages {
    @Message("Thank you. You’re a member now.")
    String membershipStarted();

    @Message("Thank you. We have your order. Your bank usually needs a few days.")
    String orderReceived();

    @Message("Thank you. We’re confirming your payment. Your account shows it shortly.")
    String paymentUnconfirmed();

    @Message("Your free trial has started.")
    String trialStarted();

    @Message("Your membership is canceled.")
    String membershipCanceled();

    @Message("Your membership continues.")
    String cancellationUndone();

    @Message("Your membership can’t be changed here. Please use “Manage billing”.")
    String changeRefused();

    @Message("Welcome back. Your membership continues.")
    String membershipResumed();

    @Message("There is nothing to pay.")
    String nothingDue();

    @Message("Your account has been deleted.")
    String accountDeleted();
}
