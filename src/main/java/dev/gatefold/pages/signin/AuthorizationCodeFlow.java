package dev.gatefold.pages.signin;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.PagesConfig;
import dev.gatefold.pages.session.BrowserSecrets;
import dev.gatefold.pages.signin.PendingSignIns.PendingSignIn;
import dev.gatefold.web.SiteConfig;
import io.quarkus.logging.Log;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Signing in at the OIDC issuer by authorization code with PKCE (RFC 7636). What comes back is an access token, which is
 * verified as any other; it is not kept.
 */
@Singleton
class AuthorizationCodeFlow {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final PagesConfig config;
    private final SiteConfig site;
    private final Instance<OidcConfigurationMetadata> issuer;
    private final TenantIdentityProvider tokens;
    private final ObjectMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(4)).build();

    AuthorizationCodeFlow(
            PagesConfig config,
            SiteConfig site,
            Instance<OidcConfigurationMetadata> issuer,
            TenantIdentityProvider tokens,
            ObjectMapper json) {
        this.config = config;
        this.site = site;
        this.issuer = issuer;
        this.tokens = tokens;
        this.json = json;
    }

    /**
     * Where the reader signs in.
     *
     * @param hint what the reader is called there, for the issuer to make what it likes of
     * @param signUp whether to begin with making an account there, where the issuer can ({@code prompt=create})
     */
    URI authorizationUrl(PendingSignIn signIn, Optional<String> hint, boolean signUp) {
        UriBuilder address = UriBuilder.fromUri(issuer.get().getAuthorizationUri())
                .queryParam("response_type", "code")
                .queryParam("client_id", config.clientId())
                .queryParam("redirect_uri", redirect())
                .queryParam("scope", "openid")
                .queryParam("state", signIn.state())
                .queryParam("code_challenge", BrowserSecrets.base64Url(BrowserSecrets.sha256(signIn.verifier())))
                .queryParam("code_challenge_method", "S256");
        hint.ifPresent(it -> address.queryParam("login_hint", "{hint}"));
        return (signUp ? address.queryParam("prompt", "create") : address)
                .build(hint.stream().toArray());
    }

    /** Who has signed in, given the code that the browser came back with; blocks. */
    SecurityIdentity redeem(String code, PendingSignIn signIn) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type", "authorization_code",
                "code", code,
                "redirect_uri", redirect(),
                "client_id", config.clientId(),
                "code_verifier", signIn.verifier()));
        config.clientSecret().ifPresent(secret -> form.put("client_secret", secret));
        String token = accessToken(send(form));
        try {
            return tokens.authenticate(new AccessTokenCredential(token)).await().atMost(PATIENCE);
        } catch (AuthenticationFailedException e) {
            Log.warn("The issuer gave a token to the pages that does not pass here; is its audience right?");
            throw signInFailed();
        }
    }

    private HttpResponse<String> send(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer.get().getTokenUri()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            Log.warnf("The issuer cannot be reached: %s", e);
            throw Problem.unavailable("issuer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("issuer");
        }
    }

    private String accessToken(HttpResponse<String> answer) {
        try {
            String token = json.readTree(answer.body()).path("access_token").asText();
            if (answer.statusCode() == 200 && !token.isEmpty()) {
                return token;
            }
        } catch (IOException e) {
            Log.warnf("The issuer answers a code with no JSON, and status %d", answer.statusCode());
        }
        throw signInFailed();
    }

    private String redirect() {
        return site.absoluteUrl("/signed-in");
    }

    static Problem signInFailed() {
        return Problem.badRequest("sign-in-failed", "Signing in has failed", "Begin again, please");
    }
}
