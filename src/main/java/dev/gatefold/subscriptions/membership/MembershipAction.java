package dev.gatefold.subscriptions.membership;

/** Something that makes sense for a reader to do about the membership now. */
public enum MembershipAction {
    /** Start the free trial: {@code POST /v1/me/trial}. */
    START_TRIAL,
    /** Buy a subscription: {@code POST /v1/me/checkout}. */
    SUBSCRIBE,
    /** Pay the open invoice: {@code POST /v1/me/payment}. */
    PAY_NOW,
    /** Change the payment method in the billing portal: {@code POST /v1/me/portal}. */
    UPDATE_PAYMENT,
    /** Continue a paused subscription: {@code POST /v1/me/subscription/resume}. */
    RESUME,
    /** Undo the cancellation: {@code DELETE /v1/me/subscription/cancellation}. */
    KEEP,
    /** Change the plan in the billing portal: {@code POST /v1/me/portal}. */
    CHANGE_PLAN,
    /** Cancel: {@code PUT /v1/me/subscription/cancellation}. */
    CANCEL
}
