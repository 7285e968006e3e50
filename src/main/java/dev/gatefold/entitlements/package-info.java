/**
 * Entitlements: what an account may read, on which basis and for which term.
 *
 * <p>Owns the tables {@code entitlement}, {@code reader_billing}, {@code trial_redemption} and {@code trial_card}, and the cache of
 * standings.
 * Does not decide why an account is entitled: other modules grant through {@link dev.gatefold.entitlements.EntitlementGrants}, each under its own
 * origins. A grant is idempotent by origin. A reader may read what any of the entitlements covers. Reads the table
 * {@code account} when it loads a standing.
 *
 * <p>Its fact is {@link dev.gatefold.entitlements.EntitlementsChanged}, which is observed after commit. Reading order:
 * {@link dev.gatefold.entitlements.Entitlement}, {@link dev.gatefold.entitlements.Standing},
 * {@link dev.gatefold.entitlements.StandingCache}, {@link dev.gatefold.entitlements.EntitlementGrants}; {@link dev.gatefold.entitlements.TrialHistory} for who has had a trial.
 */
package dev.gatefold.entitlements;
