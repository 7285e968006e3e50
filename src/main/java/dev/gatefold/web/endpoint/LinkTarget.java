package dev.gatefold.web.endpoint;

/** An endpoint or page that the answers of other endpoints link to. {@link LinkedAs} marks the method that serves it. */
public enum LinkTarget {
    SIGN_UP,
    SIGN_IN,
    START_TRIAL,
    CHECKOUT,
    BILLING_PORTAL,
    PAY_OPEN_INVOICE,
    RESUME_SUBSCRIPTION,
    SHARED_ARTICLE
}
