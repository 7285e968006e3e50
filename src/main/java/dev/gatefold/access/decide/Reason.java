package dev.gatefold.access.decide;

import dev.gatefold.entitlements.EntitlementBasis;

/** Why an answer is what it is; the names are the contract's. */
public enum Reason {
    OPEN(true),
    REGISTERED(true),
    TRIAL(true),
    MEMBER(true),
    GRACE(true),
    COMPLIMENTARY(true),
    GIFT(true),
    HOUSEHOLD(true),
    PURCHASED(true),
    PENDING_PAYMENT(true),
    METERED(true),
    /** A member has given the article away. */
    SHARED_LINK(true),
    /** A search engine that has proved to be one. */
    CRAWLER(true),
    /** The meter cannot be asked, and a wall put up by our own failure would be worse. */
    FALLBACK(true),

    SIGN_UP_REQUIRED(false),
    METER_EXHAUSTED(false),
    MEMBERSHIP_REQUIRED(false),
    TRIAL_ENDED(false),
    MEMBERSHIP_ENDED(false),
    PAYMENT_FAILED(false),
    NOT_IN_PLAN(false),
    /** Too new for anybody but members. */
    EMBARGOED(false),
    /** Not to be read in this country, by anybody. */
    TERRITORY(false),
    SOURCE_UNKNOWN(false);

    private final boolean grants;

    Reason(boolean grants) {
        this.grants = grants;
    }

    public boolean grants() {
        return grants;
    }

    static Reason of(EntitlementBasis basis) {
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
