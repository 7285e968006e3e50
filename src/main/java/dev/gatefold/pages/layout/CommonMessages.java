package dev.gatefold.pages.layout;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts that several pages share. Translations are in {@code messages/msg_<language>.properties}. */
@MessageBundle
public interface CommonMessages {
    @Message("One membership for hundreds of publications.")
    String siteDescription();

    @Message("Skip to main content")
    String skipToContent();

    @Message("Your account")
    String account();

    @Message("Sign in")
    String signIn();

    @Message("Sign up")
    String signUp();

    @Message("Sign out")
    String signOut();

    @Message("Become a member")
    String becomeMember();

    @Message("{amount} per month")
    String pricePerMonth(String amount);

    @Message("{amount} per year")
    String pricePerYear(String amount);

    @Message("Billed monthly")
    String billedMonthly();

    @Message("Billed yearly")
    String billedYearly();

    @Message("Free for one day.")
    String freeForOneDay();

    @Message("Free for {days} days.")
    String freeForDays(String days);

    @Message("{free} No card needed. It ends by itself.")
    String freeTrial(String free);

    @Message("You have access to this article.")
    String articleOpen();

    @Message("A member shared this article with you.")
    String articleShared();

    @Message("Only members can share articles. Free trials don’t include sharing.")
    String sharingForMembers();

    @Message("Share this article")
    String shareArticle();

    @Message("{left} of {limit} free articles left today")
    String articlesLeftToday(String left, String limit);

    @Message("{left} of {limit} free articles left this week")
    String articlesLeftThisWeek(String left, String limit);

    @Message("{left} of {limit} free articles left this month")
    String articlesLeftThisMonth(String left, String limit);
}
