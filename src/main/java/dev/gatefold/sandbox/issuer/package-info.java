/**
 * An OpenID provider for development and tests: discovery, keys, the authorization code flow with PKCE, and logout. It has no
 * passwords: the sign-in page offers the demo users and any other subject.
 *
 * <p>Reading order: {@link dev.gatefold.sandbox.issuer.SandboxIssuer}, {@code AuthorizationEndpoint}, {@code TokenEndpoint},
 * {@link dev.gatefold.sandbox.issuer.SandboxTokenSigner}.
 */
package dev.gatefold.sandbox.issuer;
