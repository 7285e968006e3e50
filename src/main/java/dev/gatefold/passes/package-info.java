/**
 * Reading passes: signed tokens that list the sources an account may open, so that an edge worker or an offline app can
 * decide without calling Gatefold.
 *
 * <p>Owns the tables {@code pass_key}, {@code pass_subject_key} and {@code issued_pass}, the published JWK set and the list
 * of revoked passes. Does not own entitlements or the decision on access. A pass may list fewer rights than the account
 * has, and never more; for any source that it does not list, the verifier calls the API. A rule or a plan that changes
 * after a pass was issued takes effect with the next pass.
 *
 * <p>Reading order: {@link dev.gatefold.passes.issuance.PassIssuer PassIssuer} →
 * {@link dev.gatefold.passes.claims.PassScopeMapper PassScopeMapper} →
 * {@link dev.gatefold.passes.claims.PassClaims PassClaims} → {@link dev.gatefold.passes.keys.PassKeyRing PassKeyRing};
 * then {@link dev.gatefold.passes.revocation.PassRevocations PassRevocations}.
 */
package dev.gatefold.passes;
