package dev.gatefold.sandbox.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.kernel.Problem;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Requests bearer tokens from the development issuer. */
@Singleton
class DemoTokens {
    /** Missing values are those of the demo user with the subject. */
    @Schema(name = "TokenRequest")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TokenRequest(
            @NotBlank @Size(max = 200) String subject,
            @Size(max = 254) String email,
            Boolean emailVerified,
            @Size(max = 10) List<String> roles) {}

    record MintedToken(String token) {}

    private final Optional<String> issuer;
    private final ObjectMapper json;
    private final HttpClient http = HttpClient.newHttpClient();

    DemoTokens(@ConfigProperty(name = SandboxIssuer.URL_PROPERTY) Optional<String> issuer, ObjectMapper json) {
        this.issuer = issuer;
        this.json = json;
    }

    /** Returns true if the service uses the development issuer. */
    boolean isAvailable() {
        return issuer.isPresent();
    }

    /** Returns the URL of the development issuer; requires {@link #isAvailable}. */
    String issuer() {
        return issuer.orElseThrow();
    }

    MintedToken mint(DemoPersona persona) {
        return mint(new TokenRequest(persona.user().subject(), null, null, null));
    }

    /**
     * Creates a token.
     *
     * @throws Problem with status 409 where the service uses another issuer
     */
    MintedToken mint(TokenRequest request) {
        String url = issuer.orElseThrow(() -> Problem.conflict(
                "foreign-issuer",
                "The development issuer is not running",
                "QUARKUS_OIDC_AUTH_SERVER_URL names another issuer. Request tokens from that issuer."));
        try {
            var call = HttpRequest.newBuilder(URI.create(url + "/mint"))
                    .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(request)))
                    .build();
            return json.readValue(http.send(call, BodyHandlers.ofString()).body(), MintedToken.class);
        } catch (IOException e) {
            throw new IllegalStateException("The development issuer at " + url + " does not respond", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
