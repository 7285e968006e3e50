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

    @Message("We have your order. Your bank usually needs a few days.")
    String statePending();

    @Message("We have your order, but it isn’t paid yet.")
    String statePendingDue();

    @Message("Your membership is canceled and ends on {date}. A payment that is in progress is still collected.")
    String statePendingCanceling(String date);

    @Message("Your membership is active.")
    String stateActive();

    @Message("Your membership is active until {date}.")
    String stateActiveUntil(String date);

    @Message("Your membership ends on {date}. Until then it renews.")
    String stateRenewsUntil(String date);

    @Message("You have free access until {date}.")
    String stateFreeUntil(String date);

    @Message("You have free access.")
    String stateFree();

    @Message("Your gift membership is active until {date}.")
    String stateGiftUntil(String date);

    @Message("Your last payment failed. You can keep reading until {date}.")
    String stateGrace(String date);

    @Message("Your payment is in progress. Your bank usually needs a few days. You can keep reading until {date}.")
    String stateGracePaying(String date);

    @Message(
            "Your payment is in progress. Your bank usually needs a few days. You can read again as soon as it arrives.")
    String statePaying();

    @Message("Your last payment failed, and your access has stopped.")
    String statePastDue();

    @Message("Your last payment was refunded or disputed, and your access has stopped.")
    String statePaymentReversed();

    @Message("We couldn’t confirm your last payment, and your access has stopped.")
    String statePaymentUnconfirmed();

    @Message("Your membership is paused until you pay the open invoice.")
    String stateResumptionUnpaid();

    @Message("Your membership is paused. Add a payment method and resume your membership to keep reading.")
    String statePaused();

    @Message("Your membership ends on {date}. You can keep reading until then.")
    String stateCanceling(String date);

    @Message("Your membership has ended.")
    String stateEnded();

    @Message("Your free trial has ended.")
    String stateTrialEnded();

    @Message("Amount due: {amount}, since {date}.")
    String amountDue(String amount, String date);

    @Message("Next payment: {amount} on {date}.")
    String nextPayment(String amount, String date);

    @Message("We’re looking up your next payment. It’s shown here shortly.")
    String nextPaymentUnknown();

    @Message("No payment is scheduled.")
    String noPaymentScheduled();

    @Message("You won’t be charged.")
    String nothingCharged();

    @Message("You won’t be charged while your subscription is paused.")
    String nothingChargedWhilePaused();

    @Message("Your membership is canceled and ends on {date}.")
    String canceledUntil(String date);

    @Message("{amount} is still due.")
    String stillDue(String amount);

    @Message("Membership")
    String membership();

    @Message("Plan: {name}")
    String plan(String name);

    @Message("Billing")
    String billing();

    @Message("View and change your payment methods, invoices and receipts on our payment provider’s site.")
    String billingText();

    @Message("Manage billing")
    String manageBilling();

    @Message("Cancel membership")
    String cancelMembership();

    @Message("If you cancel, you can keep reading until {date}.")
    String cancelTextUntil(String date);

    @Message("If you cancel, no further period is charged.")
    String cancelText();

    @Message("If you cancel, your membership ends now, and nothing more is charged.")
    String cancelTextNow();

    @Message("Resume membership")
    String resumeMembership();

    @Message("If you resume, your cancellation is undone, and your membership renews.")
    String keepText();

    @Message("If you resume, your payment method is charged, and you can keep reading.")
    String resumeText();

    @Message("Pay now")
    String payNow();

    @Message("Pay the open invoice on our payment provider’s site.")
    String payText();

    @Message("Update payment method")
    String updatePayment();

    @Message("Add or replace a payment method on our payment provider’s site.")
    String updatePaymentText();

    @Message("Change plan")
    String changePlan();

    @Message("Choose another plan on our payment provider’s site.")
    String changePlanText();

    @Message("Start free trial")
    String startTrial();
}
