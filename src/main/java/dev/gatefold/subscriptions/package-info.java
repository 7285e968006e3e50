/**
 * Turns purchases and free trials into entitlements and derives the membership that readers see.
 *
 * <p>Owns the tables {@code subscription} and {@code subscription_invoice} (copies of what the provider states) and
 * {@code checkout}. Grants entitlements
 * under the origins {@code trial} and {@code subscription/ID/PLAN}. Does not know any billing provider: it calls one through
 * {@link dev.gatefold.subscriptions.model.BillingProvider}, and {@code billing} records what it fetched through
 * {@link dev.gatefold.subscriptions.change.Mirror}. The membership is derived on each request by one pure function,
 * {@code MembershipDerivation}, and not stored.
 *
 * <p>Reading order: {@code SubscriptionSnapshot}, {@code Entitling}, {@code Mirror}, {@code MembershipDerivation}; for a purchase,
 * {@code OpenCheckout} and {@code CheckoutReturnResource}.
 */
package dev.gatefold.subscriptions;
