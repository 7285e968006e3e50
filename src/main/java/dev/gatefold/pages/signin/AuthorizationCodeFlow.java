package dev.gatefold.pages.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.kernel.Problem;
import dev.gatefold.pages.PagesConfig;
import dev.gatefold.pages.session.BrowserSecrets;
import dev.gatefold.pages.session.IssuerEndpoints;
import dev.gatefold.web.SiteConfig;
import io.quarkus.logging.Log;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
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
 * Signs readers in at the OpenID Connect issuer by authorization code with PKCE (RFC 7636). The access token is verified
 * like that of an API request and is not stored.
 */
@Singleton
class AuthorizationCodeFlow {
    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final String SCOPES = "openid email profile";

    private final PagesConfig config;
    private final SiteConfig site;
    private final IssuerEndpoints issuer;
    private final TenantIdentityProvider accessTokens;
    private final IdTokenVerifier idTokens;
    private final ObjectMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(4)).build();

    AuthorizationCodeFlow(
            PagesConfig config,
            SiteConfig site,
            IssuerEndpoints issuer,
            TenantIdentityProvider accessTokens,
            IdTokenVerifier idTokens,
            ObjectMapper json) {
        this.config = config;
        this.site = site;
        this.issuer = issuer;
        this.accessTokens = accessTokens;
        this.idTokens = idTokens;
        this.json = json;
    }

    /**
     * Returns the URL of the issuer's sign-in page.
     *
     * @param hint passed on as {@code login_hint}
     * @param signUp true to start with registration at issuers that support {@code prompt=create}
     * @throws Problem 503 if the issuer is not known yet
     */
    URI authorizationUrl(SignInAttempt attempt, Optional<String> hint, boolean signUp) {
        UriBuilder url = UriBuilder.fromUri(issuer.authorization())
                .queryParam("response_type", "code")
                .queryParam("client_id", config.clientId())
                .queryParam("redirect_uri", redirectUri())
                .queryParam("scope", SCOPES)
                .queryParam("state", attempt.state())
                .queryParam("code_challenge", BrowserSecrets.base64Url(BrowserSecrets.sha256(attempt.verifier())))
                .queryParam("code_challenge_method", "S256");
        hint.ifPresent(it -> url.queryParam("login_hint", "{hint}"));
        return (signUp ? url.queryParam("prompt", "create") : url)
                .build(hint.stream().toArray());
    }

    /**
     * Exchanges the authorization code for tokens, and verifies them. Blocks the calling thread.
     *
     * @throws Problem 400 {@code sign-in-failed} if the issuer or we reject the code; 503 if the issuer is unreachable
     */
    SignedInReader redeem(String code, SignInAttempt attempt) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type", "authorization_code",
                "code", code,
                "redirect_uri", redirectUri(),
                "client_id", config.clientId(),
                "code_verifier", attempt.verifier()));
        config.clientSecret().ifPresent(secret -> form.put("client_secret", secret));
        JsonNode tokens = tokens(send(form));
        Optional<String> idToken = Optional.of(tokens.path("id_token").asText()).filter(token -> !token.isEmpty());
        return SignedInReader.of(verify(tokens.path("access_token").asText()), idToken, idTokens);
    }

    private SecurityIdentity verify(String accessToken) {
        try {
            return accessTokens
                    .authenticate(new AccessTokenCredential(accessToken))
                    .await()
                    .atMost(TIMEOUT);
        } catch (AuthenticationFailedException e) {
            Log.warn("The access token of the issuer for the pages was rejected. Check its audience.");
            throw signInFailed();
        }
    }

    private HttpResponse<String> send(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(issuer.token())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            Log.warnf("The issuer is unreachable: %s", e);
            throw Problem.unavailable("issuer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("issuer");
        }
    }

    private JsonNode tokens(HttpResponse<String> response) {
        try {
            JsonNode tokens = json.readTree(response.body());
            if (response.statusCode() == 200
                    && !tokens.path("access_token").asText().isEmpty()) {
                return tokens;
            }
        } catch (IOException e) {
            Log.warnf("The token endpoint of the issuer returned no JSON, status %d", response.statusCode());
        }
        throw signInFailed();
    }

    private String redirectUri() {
        return site.absoluteUrl("/signed-in");
    }

    static Problem signInFailed() {
        return Problem.badRequest("sign-in-failed", "Sign-in failed", "Start the sign-in again.");
    }
}
