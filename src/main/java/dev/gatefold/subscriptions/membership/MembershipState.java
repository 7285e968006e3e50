package dev.gatefold.subscriptions.membership;

/** The state of a membership, as readers see it. {@link MembershipDerivation} derives it. */
public enum MembershipState {
    /** The reader never had access through a membership. */
    NONE,
    /** A free trial is running and nothing else gives access. */
    TRIAL,
    /** A subscription was bought, and its first payment is in progress. */
    PENDING,
    ACTIVE,
    /** A payment failed; access continues for the grace period. */
    GRACE,
    /** A payment failed or was reversed, and access has stopped. The subscription continues. */
    PAST_DUE,
    /** The subscription is paused because it has no payment method. There is no access. */
    PAUSED,
    /** Access continues until a scheduled cancellation takes effect; no further period is charged. */
    CANCELING,
    /** A membership gave access earlier and does not any more. */
    ENDED
}
