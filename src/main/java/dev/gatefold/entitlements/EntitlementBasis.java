package dev.gatefold.entitlements;

/** Why an account is entitled. */
public enum EntitlementBasis {
    /** The free trial before the first payment. */
    TRIAL,
    /** A paid period of a subscription. */
    MEMBER,
    /** A period whose payment failed and is being retried. */
    GRACE,
    /** Granted by staff free of charge. */
    COMPLIMENTARY,
    /** Paid for by another reader. */
    GIFT,
    /** A seat in the membership of another reader. */
    HOUSEHOLD,
    /** A single article or a day pass. */
    PURCHASED,
    /** A period whose payment is being processed, such as a bank debit. */
    PENDING_PAYMENT;

    /** Returns true if the entitlement makes its holder a member. Single purchases do not. */
    public boolean isMembership() {
        return this != PURCHASED;
    }
}
