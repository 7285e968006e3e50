package dev.gatefold.access;

import dev.gatefold.entitlements.EntitlementBasis;

/** Why access to an article is granted. */
public enum GrantReason implements Reason {
    OPEN,
    REGISTERED,
    TRIAL,
    MEMBER,
    GRACE,
    COMPLIMENTARY,
    GIFT,
    HOUSEHOLD,
    PURCHASED,
    PENDING_PAYMENT,
    METERED,
    /** A member shared the article with this reader. */
    SHARED_LINK,
    /** The request comes from a verified search engine crawler. */
    CRAWLER,
    /** The meter cannot be read because the database is unavailable; readers must not be denied for that. */
    FALLBACK;

    @Override
    public boolean grants() {
        return true;
    }

    /** Returns the reason for a grant by an entitlement with this basis. */
    public static GrantReason of(EntitlementBasis basis) {
        return switch (basis) {
            case TRIAL -> TRIAL;
            case MEMBER -> MEMBER;
            case GRACE -> GRACE;
            case COMPLIMENTARY -> COMPLIMENTARY;
            case GIFT -> GIFT;
            case HOUSEHOLD -> HOUSEHOLD;
            case PURCHASED -> PURCHASED;
            case PENDING_PAYMENT -> PENDING_PAYMENT;
        };
    }
}
