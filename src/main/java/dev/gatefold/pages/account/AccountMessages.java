package dev.gatefold.pages.account;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the account page about the membership and its payments. */
@MessageBundle("account")
public interface AccountMessages {
    @Message("You don’t have a membership.")
    String stateNone();

    @Message("Your free trial ends on {date}.")
    String stateTrial(String date);

    @Message("Your membership is active.")
    String stateActive();

    @Message("Your last payment failed. You can keep reading until {date}.")
    String stateGrace(String date);

    @Message("We have your order. Your bank usually needs a few days.")
    String statePending();

    @Message("Your last payment failed, and your access has stopped.")
    String statePastDue();

    @Message("Your membership is paused.")
    String statePaused();

    @Message("Your membership ends on {date}. You can keep reading until then.")
    String stateCanceling(String date);

    @Message("Your membership has ended.")
    String stateEnded();

    @Message("Next payment: {price} on {date}.")
    String nextPayment(String price, String date);

    @Message("You won’t be charged.")
    String nothingCharged();

    @Message("Membership")
    String membership();

    @Message("Billing")
    String billing();

    @Message("View and change your payment methods, invoices and receipts on our payment provider’s site.")
    String billingText();

    @Message("Manage billing")
    String manageBilling();

    @Message("Cancel membership")
    String cancelMembership();

    @Message("If you cancel, you can keep reading until the end of the paid period.")
    String cancelText();

    @Message("Resume membership")
    String resumeMembership();
}
