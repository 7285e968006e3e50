package dev.gatefold.subscriptions.model;

/** The status of a subscription at the billing provider. */
public enum SubscriptionStatus {
    /** The first payment has not succeeded yet. */
    INCOMPLETE(false),
    /** The first payment did not succeed in time. Final. */
    INCOMPLETE_EXPIRED(false),
    /** The free trial is running. */
    TRIALING(true),
    ACTIVE(true),
    /** A renewal payment failed and the provider is retrying it. */
    PAST_DUE(true),
    /** A renewal payment failed and the provider has stopped retrying. */
    UNPAID(true),
    /** The free trial ended without a payment method. */
    PAUSED(true),
    /** The subscription has ended. Final. */
    CANCELED(false),
    /** A status that this version does not know. It is logged as an error and grants no access. */
    UNKNOWN(true);

    private final boolean live;

    SubscriptionStatus(boolean live) {
        this.live = live;
    }

    /** Returns true if the subscription continues, so that the account cannot buy a second one. */
    public boolean isLive() {
        return live;
    }

    boolean isUnpaid() {
        return this == PAST_DUE || this == UNPAID;
    }
}
