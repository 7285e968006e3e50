package dev.gatefold.pages.layout;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the pages say, in English; other languages are in {@code messages/msg_*.properties}. */
@MessageBundle
public interface PageMessages {
    @Message("Sign up to read this article")
    String signUpRequired();

    @Message("Hundreds of titles, one membership, curated for you.")
    String signUpRequiredText();

    @Message("Sign in to go on reading")
    String signedOut();

    @Message("You have been signed out on this device. Nothing else has changed.")
    String signedOutText();

    @Message("This article is for members")
    String membershipRequired();

    @Message("One membership opens {source}, and hundreds of other titles.")
    String membershipRequiredText(String source);

    @Message("Your free days are over")
    String trialEnded();

    @Message("Stay, and go on reading {source} and everything else.")
    String trialEndedText(String source);

    @Message("Your membership has ended")
    String membershipEnded();

    @Message("Come back, and read on where you are.")
    String membershipEndedText();

    @Message("Your last payment did not go through")
    String paymentFailed();

    @Message("Put in another card, or try the same again: then you read on at once.")
    String paymentFailedText();

    @Message("Your plan does not include {source}")
    String notInPlan(String source);

    @Message("A larger plan does.")
    String notInPlanText();

    @Message("You have read what is free of {source}")
    String meterExhausted(String source);

    @Message("{left}; it starts again on {date}.")
    String meterExhaustedText(String left, String date);

    @Message("For members first")
    String embargoed();

    @Message("This article has just come out. It opens to others later.")
    String embargoedText();

    @Message("{source} cannot be read where you are")
    String territory(String source);

    @Message("Its publisher does not offer it in your country.")
    String territoryText();

    @Message("We do not know this title")
    String sourceUnknown();

    @Message("The address belongs to none of the titles in the membership.")
    String sourceUnknownText();

    @Message("{free} today, {price} from {date}, cancel any time")
    String priceAfterTrial(String free, String price, String date);

    @Message("{price}, cancel any time")
    String price(String price);

    @Message("{amount} a month")
    String aMonth(String amount);

    @Message("{amount} a year")
    String aYear(String amount);

    @Message("{#if days == 1}Start one day free{#else}Start {days} days free{/if}")
    String startFree(int days);

    @Message("Create an account")
    String createAccount();

    @Message("Already a member?")
    String alreadyMember();

    @Message("Sign in")
    String signIn();

    @Message("Sign out")
    String signOut();

    @Message("Become a member")
    String subscribe();

    @Message("Come back")
    String resubscribe();

    @Message("Change the plan")
    String upgrade();

    @Message("Update the payment")
    String updatePayment();

    @Message("Your account")
    String account();

    @Message("You hold no membership yet.")
    String stateNone();

    @Message("You are reading free of charge until {date}.")
    String stateTrial(String date);

    @Message("You are a member.")
    String stateActive();

    @Message("Your last payment did not go through; you can read until {date}.")
    String stateGrace(String date);

    @Message("Your membership is paused.")
    String statePaused();

    @Message("Your membership ends on {date}; until then nothing changes.")
    String stateCanceling(String date);

    @Message("Your membership has ended.")
    String stateEnded();

    @Message("Next payment: {price} on {date}.")
    String nextPayment(String price, String date);

    @Message("Nothing will be charged.")
    String nothingCharged();

    @Message("Membership")
    String membership();

    @Message("Payment")
    String payment();

    @Message("Cards, invoices and receipts are looked after on a page of the payment provider.")
    String paymentText();

    @Message("Look after payment")
    String portal();

    @Message("Cancel the membership")
    String cancel();

    @Message("You can read until the end of what is paid, and change your mind until then.")
    String cancelText();

    @Message("Go on after all")
    String keep();

    @Message("Skip to the content")
    String skip();

    @Message("{left} of {limit} free today")
    String freeToday(int left, int limit);

    @Message("{left} of {limit} free this week")
    String freeThisWeek(int left, int limit);

    @Message("{left} of {limit} free this month")
    String freeThisMonth(int left, int limit);

    @Message("Open to you")
    String openToYou();

    @Message("Free with an account")
    String withAnAccount();

    @Message("For members")
    String forMembers();

    @Message("Articles you give away")
    String gifts();

    @Message(
            "{#if left == 0}You have given away all that you can for now; more from {date}.{#else if left == 1}You can give one more article away before {date}.{#else}You can give {left} more articles away before {date}.{/if}")
    String giftsLeft(int left, String date);

    @Message("Members can give articles away; a free trial is no membership yet.")
    String giftsOfMembers();

    @Message("Nothing has been given away yet. A link opens one article for whoever you send it to.")
    String noGifts();

    @Message(
            "{#if opened == 0}Not opened yet{#else if opened == 1}Opened on one of {devices} devices{#else}Opened on {opened} of {devices} devices{/if}; good until {date}.")
    String giftGood(int opened, int devices, String date);

    @Message("It was good until {date}.")
    String giftEnded(String date);

    @Message("You took it back on {date}.")
    String giftTakenBack(String date);

    @Message("The link to send")
    String giftLink();

    @Message("The article is open.")
    String articleOpen();

    @Message("Give this article away")
    String give();

    @Message("Take it back")
    String takeBack();

    @Message("What we keep about you")
    String ownData();

    @Message(
            "Your name and e-mail address as you gave them, your language and time zone, what you hold and have bought, which articles you opened and when, what you gave away, and the browsers in which you are signed in. Card numbers never come here, and we keep no text of an article.")
    String ownDataText();

    @Message("All of it in one file, for you to read or to take elsewhere.")
    String takeDataText();

    @Message("Take it along")
    String takeData();

    @Message("You can have your account erased.")
    String eraseHint();

    @Message("Erase the account")
    String erase();

    @Message("Erase your account?")
    String eraseTitle();

    @Message(
            "Your membership ends at once, also what is paid already, and the payment provider forgets you. Then we do, for good.")
    String eraseText();

    @Message(
            "What publishers are paid by stays, under a number that leads to nobody; and that the free days have been used, as a mark that only you could match.")
    String eraseKept();

    @Message("Stay")
    String stay();

    @Message(
            "Your membership could not be ended at the payment provider just now, so nothing has been erased. Try again in a moment.")
    String notErasedText();

    @Message(
            "A payment of yours has just come in, so nothing has been erased. If you erase the account again, what it paid for ends too.")
    String justPaidText();

    @Message("Signing in has failed")
    String signInFailed();

    @Message("Begin again, please. Nothing has changed.")
    String signInFailedText();

    @Message("That is not possible now")
    String notNow();

    @Message("There is one free trial for each reader.")
    String trialUsedText();

    @Message("You have a subscription already; a second one is never sold.")
    String alreadySubscribedText();

    @Message("There is no subscription that goes on.")
    String noSubscriptionText();

    @Message("You have given away as many articles as you can this month.")
    String giftsSpentText();

    @Message("This page has been open for too long")
    String pageTooOld();

    @Message("Nothing has been done. Go back, load it again, and try once more.")
    String pageTooOldText();

    @Message("There is nothing here")
    String nothingHere();

    @Message("The page has moved, or the link has ended.")
    String nothingHereText();

    @Message("We are out of reach for a moment")
    String outOfReach();

    @Message("Our mistake")
    String ourMistake();

    @Message("Nothing has been lost. Try again in a moment.")
    String tryAgainText();

    @Message("That was not understood")
    String notUnderstood();

    @Message("The address is not one that we know what to do with.")
    String notUnderstoodText();

    @Message("Go to the front page")
    String goHome();
}
