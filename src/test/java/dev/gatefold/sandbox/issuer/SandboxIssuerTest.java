package dev.gatefold.sandbox.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signs in to the development issuer as a client that knows only the issuer URL. */
class SandboxIssuerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APP = "http://localhost:9999/signed-in?from=here";

    /** Code verifier and challenge of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final SandboxIssuer issuer = SandboxIssuer.startOnFreePort(SandboxTokenSigner.withNewKey());
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
        issuer.close();
    }

    @Test
    void chosenDemoReaderSignsIn() throws Exception {
        JsonNode endpoints = JSON.readTree(
                get(issuer.url() + "/.well-known/openid-configuration").body());
        String page = get(endpoints.path("authorization_endpoint").asText() + "?" + form(request()))
                .body();
        assertThat(page).contains(">Ann<small>a member</small></button>");

        HttpResponse<String> back = post(issuer.url() + "/choose", Map.of("request", hidden(page), "subject", "ann"));
        assertThat(back.statusCode()).isEqualTo(302);
        String location = back.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(APP + "&code=").endsWith("&state=s%26t");

        var tokens = post(endpoints.path("token_endpoint").asText(), exchange(code(location), VERIFIER));
        JsonNode body = JSON.readTree(tokens.body());
        JwtClaims access = verified(endpoints, body.path("access_token").asText(), "gatefold");
        assertThat(access.getSubject()).isEqualTo("ann");
        assertThat(access.getStringClaimValue("nonce")).isNull();
        JwtClaims id = verified(endpoints, body.path("id_token").asText(), "an-app");
        assertThat(id.getStringClaimValue("nonce")).isEqualTo("once");
    }

    @Test
    void authorizationCodeIsSingleUseAndBoundToVerifier() throws Exception {
        String stolen = code(signIn());
        assertThat(post(issuer.url() + "/token", exchange(stolen, "another")).statusCode())
                .isEqualTo(400);
        assertThat(post(issuer.url() + "/token", exchange(stolen, VERIFIER)).statusCode())
                .isEqualTo(400);

        String code = code(signIn());
        assertThat(post(issuer.url() + "/token", exchange(code, VERIFIER)).statusCode())
                .isEqualTo(200);
        assertThat(post(issuer.url() + "/token", exchange(code, VERIFIER)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void logoutReturnsOnlyToThisMachineAndNeedsClient() throws Exception {
        String back = "http://localhost:9999/signed-out";

        HttpResponse<String> known =
                get(issuer.url() + "/logout?" + form(Map.of("client_id", "an-app", "post_logout_redirect_uri", back)));
        assertThat(known.statusCode()).isEqualTo(302);
        assertThat(known.headers().firstValue("Location")).contains(back);
        assertThat(get(issuer.url() + "/logout?" + form(Map.of("post_logout_redirect_uri", back)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(get(issuer.url() + "/logout?"
                                + form(Map.of("client_id", "x", "post_logout_redirect_uri", "https://evil.example/")))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void redirectToOtherHostIsRejected() throws Exception {
        Map<String, String> request = request();
        request.put("redirect_uri", "https://evil.example/");

        assertThat(get(issuer.url() + "/authorize?" + form(request)).statusCode())
                .isEqualTo(400);
    }

    private String signIn() throws Exception {
        String page = get(issuer.url() + "/authorize?" + form(request())).body();
        return post(issuer.url() + "/choose", Map.of("request", hidden(page), "other-subject", "me"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private static Map<String, String> request() {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", "an-app");
        request.put("redirect_uri", APP);
        request.put("state", "s&t");
        request.put("nonce", "once");
        request.put("code_challenge", CHALLENGE);
        request.put("code_challenge_method", "S256");
        return request;
    }

    private static Map<String, String> exchange(String code, String verifier) {
        return Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", APP, "code_verifier", verifier);
    }

    private static String hidden(String page) {
        return firstMatch("name=\"request\" value=\"([^\"]+)\"", page);
    }

    private static String code(String location) {
        return firstMatch("[?&]code=([^&]+)", location);
    }

    private static String firstMatch(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static JwtClaims verified(JsonNode endpoints, String token, String audience) throws InvalidJwtException {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(
                        new HttpsJwks(endpoints.path("jwks_uri").asText())))
                .setExpectedIssuer(endpoints.path("issuer").asText())
                .setExpectedAudience(audience)
                .setRequireExpirationTime()
                .build()
                .processToClaims(token);
    }

    private HttpResponse<String> get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String url, Map<String, String> form) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(form)))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
