package dev.gatefold.web.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.Log;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcResponseFilter;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Refreshes the keys of the issuer once per minute, and removes cached tokens whose key has been revoked. */
@Singleton
@OidcEndpoint(OidcEndpoint.Type.JWKS)
final class IssuerKeyWatcher implements OidcResponseFilter {
    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"%s\"}";
    private static final int SIGNATURE = 256;

    private final VerifiedTokenCache tokens;
    private final TenantIdentityProvider oidc;
    private final ObjectMapper json;

    IssuerKeyWatcher(VerifiedTokenCache tokens, TenantIdentityProvider oidc, ObjectMapper json) {
        this.tokens = tokens;
        this.oidc = oidc;
        this.json = json;
    }

    @Override
    public Uni<Void> filter(OidcResponseFilterContext response) {
        if (response.statusCode() == 200) {
            retainSignedWith(response.responseBody().getBytes());
        }
        return Uni.createFrom().voidItem();
    }

    private void retainSignedWith(byte[] keySet) {
        try {
            Set<String> keyIds = new HashSet<>();
            json.readTree(keySet)
                    .path("keys")
                    .forEach(key -> keyIds.add(key.path("kid").asText()));
            tokens.retainSignedWith(keyIds);
        } catch (IOException e) {
            Log.warn("Key set of the OIDC issuer cannot be parsed", e);
        }
    }

    /**
     * Makes Quarkus OIDC fetch the keys. It does so only for a token with an unknown key id, so that this method submits
     * one, which is rejected.
     */
    @Scheduled(every = "1m", delayed = "1m")
    Uni<Void> refresh() {
        String header = base64(HEADER.formatted(UUID.randomUUID()).getBytes(StandardCharsets.UTF_8));
        String token = header + "." + base64("{}".getBytes(StandardCharsets.UTF_8)) + "." + base64(new byte[SIGNATURE]);
        return oidc.authenticate(new AccessTokenCredential(token))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
