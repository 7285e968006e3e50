package dev.gatefold.subscriptions.membership;

import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.subscriptions.policy.Entitling;

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

    /** Returns the source of an entitlement that makes its holder a member. */
    static MembershipSource of(Entitlement entitlement) {
        if (Entitling.isOfSubscription(entitlement)) {
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
