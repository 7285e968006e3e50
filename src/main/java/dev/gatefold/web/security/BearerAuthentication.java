package dev.gatefold.web.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.web.http.Caller;
import dev.gatefold.web.limits.RateLimiter;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Verifies bearer tokens by Quarkus OIDC and caches the result. Rejects ID tokens of any audience: they tell an application
 * who signed in, and do not authorize calls.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class BearerAuthentication implements HttpAuthenticationMechanism {
    private static final String BEARER = "Bearer ";
    private static final int MAX_TOKEN_LENGTH = 12 * 1024;
    private static final Pattern SIGNED = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final OidcAuthenticationMechanism oidc;
    private final VerifiedTokenCache verifiedTokens;
    private final RateLimiter rateLimiter;
    private final ObjectMapper json;

    BearerAuthentication(
            OidcAuthenticationMechanism oidc,
            VerifiedTokenCache verifiedTokens,
            RateLimiter rateLimiter,
            ObjectMapper json) {
        this.oidc = oidc;
        this.verifiedTokens = verifiedTokens;
        this.rateLimiter = rateLimiter;
        this.json = json;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
        Optional<String> token = bearer(request);
        return token.flatMap(verifiedTokens::find)
                .map(identity -> Uni.createFrom().item(identity))
                .orElseGet(() -> verify(request, identities, token)
                        .onFailure(AuthenticationFailedException.class)
                        .transform(failure -> rateLimiter
                                .checkOnce(request)
                                .map(Throwable.class::cast)
                                .orElse(failure)));
    }

    private Uni<SecurityIdentity> verify(
            RoutingContext request, IdentityProviderManager identities, Optional<String> token) {
        if (token.filter(it ->
                        it.length() > MAX_TOKEN_LENGTH || !SIGNED.matcher(it).matches())
                .isPresent()) {
            return Uni.createFrom().failure(new AuthenticationFailedException("Not a signed token"));
        }
        return oidc.authenticate(request, identities).onItem().ifNotNull().transform(identity -> {
            SecurityIdentity verified = accessTokenIdentity(identity);
            if (token.isPresent() && verified.getPrincipal() instanceof JsonWebToken claims) {
                verifiedTokens.put(token.get(), verified, key(token.get()), claims.getExpirationTime());
            }
            return verified;
        });
    }

    /** Returns the identity of an access token, without data of the request that it came with. */
    private static SecurityIdentity accessTokenIdentity(SecurityIdentity identity) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return identity;
        }
        if (token.containsClaim("nonce") || token.containsClaim("at_hash") || "ID".equals(token.getClaim("typ"))) {
            throw new AuthenticationFailedException("An ID token is not an access token");
        }
        if (Caller.identityOf(token).isEmpty()) {
            throw new AuthenticationFailedException("The token has no valid issuer and subject");
        }
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(token)
                .addRoles(identity.getRoles())
                .build();
    }

    /** Returns the key id in the header of a well-formed token; empty if it has none. */
    private String key(String token) {
        String header = token.substring(0, token.indexOf('.'));
        try {
            return json.readTree(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                    .path("kid")
                    .asText();
        } catch (JsonProcessingException e) {
            throw new AuthenticationFailedException(e);
        }
    }

    private static Optional<String> bearer(RoutingContext request) {
        return Optional.ofNullable(request.request().getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return oidc.getChallenge(request);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return oidc.getCredentialTypes();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext request) {
        return oidc.getCredentialTransport(request);
    }
}
