package dev.gatefold.subscriptions.model;

/** Where an agreement stands with whoever bills. */
public enum SubscriptionStatus {
    /** The first payment has not come about, and may yet. */
    INCOMPLETE(false),
    /** The first payment has not come about, and will not. */
    INCOMPLETE_EXPIRED(false),
    /** In the free days. */
    TRIALING(true),
    ACTIVE(true),
    /** A renewal has failed, and is being tried again. */
    PAST_DUE(true),
    /** A renewal has failed, and is not tried any more. */
    UNPAID(true),
    /** The free days ended without a means of payment. */
    PAUSED(true),
    CANCELED(false),
    /** A word that we do not know: it entitles to nothing. */
    UNKNOWN(true);

    private final boolean live;

    SubscriptionStatus(boolean live) {
        this.live = live;
    }

    /** Whether it goes on, so that a second one must not be sold. */
    public boolean isLive() {
        return live;
    }

    boolean isUnpaid() {
        return this == PAST_DUE || this == UNPAID;
    }
}
