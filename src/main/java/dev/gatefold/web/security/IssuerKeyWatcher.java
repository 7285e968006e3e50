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

/** Watches the issuer's keys: when they are fetched again and one is gone, what it signed is forgotten. */
@Singleton
@OidcEndpoint(OidcEndpoint.Type.JWKS)
final class IssuerKeyWatcher implements OidcResponseFilter {
    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"%s\"}";
    private static final int SIGNATURE = 256;

    private final VerifiedTokenCache remembered;
    private final TenantIdentityProvider oidc;
    private final ObjectMapper json;

    IssuerKeyWatcher(VerifiedTokenCache remembered, TenantIdentityProvider oidc, ObjectMapper json) {
        this.remembered = remembered;
        this.oidc = oidc;
        this.json = json;
    }

    @Override
    public Uni<Void> filter(OidcResponseFilterContext response) {
        if (response.statusCode() == 200) {
            keepOnly(response.responseBody().getBytes());
        }
        return Uni.createFrom().voidItem();
    }

    private void keepOnly(byte[] keySet) {
        try {
            Set<String> names = new HashSet<>();
            json.readTree(keySet)
                    .path("keys")
                    .forEach(key -> names.add(key.path("kid").asText()));
            remembered.retainSignedWith(names);
        } catch (IOException e) {
            Log.warn("The issuer's keys cannot be read", e);
        }
    }

    /**
     * Has the keys fetched again. OIDC does so on its own only when a token comes in that names an unknown key; so one
     * is shown to it, which it refuses.
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
