/**
 * What an account may read, why, and for which term. Owns the tables {@code entitlement} and {@code trial_redemption}, and the
 * standing of a reader, as it is remembered for a while. Does not own why somebody is entitled: other rooms grant, each
 * under origins of its own, and granting one origin twice is granting it once. The effective right is the union of the
 * rows, which {@link dev.gatefold.entitlements.StoredEntitlements} tells past all memory. Its fact:
 * {@link dev.gatefold.entitlements.EntitlementsChanged}, acted on after commit.
 */
package dev.gatefold.entitlements;
