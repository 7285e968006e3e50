package dev.gatefold.subscriptions.membership;

import dev.gatefold.entitlements.Entitlement;

/** What a membership comes from. */
public enum MembershipSource {
    SUBSCRIPTION,
    /** The free trial without a payment method. */
    TRIAL,
    /** Granted by staff free of charge. */
    STAFF_GRANT,
    /** Paid for by another reader. */
    GIFT,
    /** A seat in the membership of another reader. */
    HOUSEHOLD;

    private static final String SUBSCRIPTION_ORIGIN = "subscription/";

    /** Returns the source of an entitlement that makes its holder a member. */
    static MembershipSource of(Entitlement entitlement) {
        if (entitlement.origin().startsWith(SUBSCRIPTION_ORIGIN)) {
            return SUBSCRIPTION;
        }
        return switch (entitlement.basis()) {
            case TRIAL -> TRIAL;
            case COMPLIMENTARY -> STAFF_GRANT;
            case GIFT -> GIFT;
            case HOUSEHOLD -> HOUSEHOLD;
            case MEMBER, GRACE, PENDING_PAYMENT, PURCHASED -> SUBSCRIPTION;
        };
    }
}
