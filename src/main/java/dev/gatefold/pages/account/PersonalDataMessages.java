package dev.gatefold.pages.account;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts about exporting and deleting the reader's personal data. */
@MessageBundle("personalData")
public interface PersonalDataMessages {
    @Message("Your data")
    String yourData();

    @Message("We store your name and email address, your language and time zone, your "
            + "memberships and purchases, the articles that you opened and when, the articles that you "
            + "shared, and the browsers where you’re signed in. We never receive your card number, and "
            + "we don’t store the text of articles.")
    String storedData();

    @Message("Get all your data in one file.")
    String downloadText();

    @Message("Download data")
    String downloadData();

    @Message("You can delete your account at any time.")
    String deleteText();

    @Message("Delete account")
    String deleteAccount();

    @Message("Your account number is {number}. Support may ask you for it.")
    String accountNumber(String number);

    @Message("Delete your account?")
    String deleteTitle();

    @Message("Account deleted")
    String deletedTitle();

    @Message("Continue without an account")
    String continueReading();

    @Message("Your membership ends immediately, including any time that you’ve already paid for. We "
            + "delete your personal data here and at our payment provider. You can’t undo this.")
    String deletedData();

    @Message("We keep reading records under a number that no longer identifies you, because we pay "
            + "publishers based on them. We also keep one-way codes that prevent a second "
            + "free trial: of your sign-in, your verified email address and the cards of your trial.")
    String retainedData();

    @Message("Keep account")
    String keepAccount();
}
