package dev.gatefold.access;

/** Why access to an article is denied. */
public enum DenyReason implements Reason {
    SIGN_UP_REQUIRED,
    METER_EXHAUSTED,
    MEMBERSHIP_REQUIRED,
    TRIAL_ENDED,
    MEMBERSHIP_ENDED,
    /** A subscription has begun, but its first payment is in progress. */
    PAYMENT_PENDING,
    /** A payment is owed, or was refunded or disputed. */
    PAYMENT_FAILED,
    /** The subscription is stopped until the reader adds a payment method. */
    PAUSED,
    NOT_IN_PLAN,
    /** The article is too recent: only members may read it yet. */
    EMBARGOED,
    /** The source may not be read in the reader's country. */
    TERRITORY,
    /** The URL belongs to no source. */
    SOURCE_UNKNOWN;

    @Override
    public boolean grants() {
        return false;
    }

    /** Returns false if no entitlement can turn this denial into a grant. */
    public boolean dependsOnEntitlements() {
        return switch (this) {
            case SIGN_UP_REQUIRED,
                    METER_EXHAUSTED,
                    MEMBERSHIP_REQUIRED,
                    TRIAL_ENDED,
                    MEMBERSHIP_ENDED,
                    PAYMENT_PENDING,
                    PAYMENT_FAILED,
                    PAUSED,
                    NOT_IN_PLAN,
                    EMBARGOED -> true;
            case TERRITORY, SOURCE_UNKNOWN -> false;
        };
    }
}
