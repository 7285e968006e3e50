package dev.gatefold.billing.queue;

/** The kind of an item in the work queue. */
public enum WorkKind {
    /** A stored event of which the affected subscriptions must be found. The item's id is the id of the event. */
    EVENT,
    /** A subscription that may have changed and must be fetched. The item's id is the id of the subscription. */
    SUBSCRIPTION,
    /** A customer whose e-mail address must be sent to the provider. The item's id is the id of the customer. */
    CUSTOMER
}
