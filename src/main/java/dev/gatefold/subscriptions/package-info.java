/**
 * How a reader comes to be a member: the free trial, and what is agreed with whoever bills, mirrored whole and turned
 * into rights by a pure function ({@link dev.gatefold.subscriptions.policy.Entitling}). Owns the tables {@code subscription}
 * and {@code checkout}; grants under the origins {@code trial} and {@code subscription/...}. What the reader is told
 * about the membership is derived, not stored.
 *
 * <p>Does not know who bills: it asks through {@link dev.gatefold.subscriptions.model.BillingProvider}, and is told through
 * {@link dev.gatefold.subscriptions.change.Mirror}.
 */
package dev.gatefold.subscriptions;
