package dev.gatefold.sandbox.stripe.billing;

/** Setting for subscriptions whose last retry has failed. */
public enum SandboxFinalRetryAction {
    CANCEL,
    UNPAID,
    PAST_DUE
}
