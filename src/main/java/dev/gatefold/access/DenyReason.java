package dev.gatefold.access;

/** Why access to an article is denied. */
public enum DenyReason implements Reason {
    SIGN_UP_REQUIRED,
    METER_EXHAUSTED,
    MEMBERSHIP_REQUIRED,
    TRIAL_ENDED,
    MEMBERSHIP_ENDED,
    /** A payment is in progress, or the first invoice is not paid yet. */
    PAYMENT_PENDING,
    /** A payment is owed, was refunded or disputed, or is not confirmed. */
    PAYMENT_FAILED,
    /** The subscription is stopped until the reader adds a payment method or pays for the resumption. */
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

    /** Returns true if the reader's billing status is the cause of the denial. */
    public boolean isAboutBilling() {
        return switch (this) {
            case PAYMENT_PENDING, PAYMENT_FAILED, PAUSED -> true;
            case SIGN_UP_REQUIRED,
                    METER_EXHAUSTED,
                    MEMBERSHIP_REQUIRED,
                    TRIAL_ENDED,
                    MEMBERSHIP_ENDED,
                    NOT_IN_PLAN,
                    EMBARGOED,
                    TERRITORY,
                    SOURCE_UNKNOWN -> false;
        };
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
