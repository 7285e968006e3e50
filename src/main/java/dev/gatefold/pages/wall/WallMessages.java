package dev.gatefold.pages.wall;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the paywall on our pages and in the embed, and of teaser badges. */
@MessageBundle("wall")
public interface WallMessages {
    @Message("Sign up to read this article")
    String signUpRequired();

    @Message("This article is free with an account.")
    String freeWithAccountText();

    @Message("Sign in to keep reading")
    String signedOut();

    @Message("You’re signed out on this device. Your account hasn’t changed.")
    String signedOutText();

    @Message("This article is for members")
    String membershipRequired();

    @Message("A membership includes {source} and hundreds of other publications.")
    String membershipText(String source);

    @Message("Your free trial has ended")
    String trialEnded();

    @Message("Become a member to keep reading {source} and hundreds of other publications.")
    String trialEndedText(String source);

    @Message("Your membership has ended")
    String membershipEnded();

    @Message("Renew your membership to keep reading.")
    String membershipEndedText();

    @Message("We have your order")
    String paymentPending();

    @Message("Your bank usually needs a few days. You can read as soon as the payment has arrived.")
    String paymentPendingText();

    @Message("Your payment is in progress")
    String paymentInProgress();

    @Message("Your order isn’t paid yet")
    String firstInvoiceOpen();

    @Message("Pay the open invoice to start reading.")
    String firstInvoiceOpenText();

    @Message("Your membership is paused")
    String paused();

    @Message("Add a payment method and resume your membership to keep reading.")
    String pausedText();

    @Message("Pay the open invoice to keep reading.")
    String payInvoiceText();

    @Message("Pay now")
    String payNow();

    @Message("Resume membership")
    String resume();

    @Message("Your last payment failed")
    String paymentFailed();

    @Message("Pay the open invoice or update your payment method to keep reading.")
    String paymentFailedText();

    @Message("Update your payment method to keep reading.")
    String paymentUncollectedText();

    @Message("Your last payment was refunded or disputed")
    String paymentReversed();

    @Message("Your access has stopped until the next payment.")
    String paymentReversedText();

    @Message("We couldn’t confirm your last payment")
    String paymentUnconfirmed();

    @Message("Check your payment method, or try again later.")
    String paymentUnconfirmedText();

    @Message("Your plan doesn’t include {source}")
    String notInPlan(String source);

    @Message("Change your plan to read this article.")
    String notInPlanText();

    @Message("You’ve reached your free-article limit for {source}")
    String meterExhausted(String source);

    @Message("Your free articles renew on {date}.")
    String meterResets(String date);

    @Message("Members read this article first")
    String embargoed();

    @Message("It becomes available to other readers later.")
    String embargoedText();

    @Message("This article isn’t available in your country")
    String territory();

    @Message("{source} doesn’t offer it there.")
    String territoryText(String source);

    @Message("This article isn’t available")
    String sourceUnknown();

    @Message("Its address doesn’t belong to any of our publications.")
    String sourceUnknownText();

    @Message("Start free trial")
    String startTrial();

    @Message("Renew membership")
    String renewMembership();

    @Message("Change plan")
    String changePlan();

    @Message("Update payment method")
    String updatePayment();

    @Message("{price}. Cancel anytime.")
    String price(String price);

    @Message("{trial} After that, {price} if you join.")
    String priceAfterTrial(String trial, String price);

    @Message("Already have an account?")
    String alreadyHaveAccount();

    @Message("Available to you")
    String availableToYou();

    @Message("Free with an account")
    String freeWithAccount();

    @Message("Members only")
    String membersOnly();
}
