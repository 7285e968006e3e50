package dev.gatefold.pages.account;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the account page about articles that the reader shares. */
@MessageBundle("shares")
public interface SharesMessages {
    @Message("Shared articles")
    String sharedArticles();

    @Message("{#if left == 0}You’ve reached your monthly limit for shared articles. You can share "
            + "again from {date}.{#else if left == 1}You can share 1 more article before "
            + "{date}.{#else}You can share {left} more articles before {date}.{/if}")
    String sharesLeft(int left, String date);

    @Message("You haven’t shared any articles yet. A share link lets other people read one article.")
    String noShares();

    @Message("{#if opened == 0}Not opened yet.{#else}Opened on {opened} of {devices} devices.{/if} The"
            + " link expires on {date}.")
    String shareActive(int opened, int devices, String date);

    @Message("The link expired on {date}.")
    String shareExpired(String date);

    @Message("You deactivated the link on {date}.")
    String shareDeactivated(String date);

    @Message("Share link")
    String shareLink();

    @Message("Deactivate link")
    String deactivateLink();
}
