package dev.gatefold.entitlements;

/** Why an account is entitled. */
public enum EntitlementBasis {
    /** The free days before the first payment. */
    TRIAL,
    /** A paid period. */
    MEMBER,
    /** A payment failed, and is being tried again. */
    GRACE,
    /** Staff gave it. */
    COMPLIMENTARY,
    /** Another reader paid. */
    GIFT,
    /** A seat in another reader's membership. */
    HOUSEHOLD,
    /** Bought singly. */
    PURCHASED,
    /** A slow payment, such as a bank debit, is on its way. */
    PENDING_PAYMENT;

    /** Whether it makes a member; a single article or a day does not, and neither ends a membership when it is over. */
    public boolean isMembership() {
        return this != PURCHASED;
    }
}
