package dev.gatefold.sandbox.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.kernel.Problem;
import dev.gatefold.sandbox.issuer.SandboxIssuer;
import dev.gatefold.web.endpoint.RateLimitExempt;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lists the demo readers and creates bearer tokens. Answers 409 where the service uses another issuer. */
@Path("/dev")
@RateLimitExempt
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Development")
final class DemoReadersResource {
    record DemoReaderList(List<DemoReaderView> readers) {}

    /** A demo reader. {@code signInUrl} signs a browser in as this reader; it is null for services and staff. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DemoReaderView(String name, String state, String about, String token, String signInUrl) {}

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

    DemoReadersResource(@ConfigProperty(name = SandboxIssuer.URL_PROPERTY) Optional<String> issuer, ObjectMapper json) {
        this.issuer = issuer;
        this.json = json;
    }

    @GET
    @Path("/readers")
    @Operation(
            operationId = "listDemoReaders",
            summary = "List the demo readers",
            description = "Returns the demo readers with their membership state and a bearer token that is valid for 24"
                    + " hours. Development only.")
    public DemoReaderList readers() {
        return new DemoReaderList(
                Arrays.stream(DemoPersona.values()).map(this::view).toList());
    }

    private DemoReaderView view(DemoPersona persona) {
        String subject = persona.user().subject();
        return new DemoReaderView(
                persona.user().name(),
                persona.state(),
                persona.description(),
                mint(new TokenRequest(subject, null, null, null)).token,
                persona.isReader() ? "/sign-in?login_hint=" + subject : null);
    }

    @POST
    @Path("/tokens")
    @Operation(
            operationId = "createToken",
            summary = "Create a bearer token",
            description = "Returns a token for any subject, with any e-mail address and roles. Missing values are those"
                    + " of the demo reader with that subject. Development only.")
    public MintedToken token(@NotNull @Valid TokenRequest request) {
        return mint(request);
    }

    private MintedToken mint(TokenRequest request) {
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
