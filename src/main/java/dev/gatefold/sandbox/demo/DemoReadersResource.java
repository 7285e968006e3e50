package dev.gatefold.sandbox.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.kernel.Problem;
import dev.gatefold.sandbox.SandboxMain;
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

@Path("/dev")
@RateLimitExempt
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Development")
final class DemoReadersResource {
    record DemoReaderList(List<DemoReaderView> readers) {}

    /** @param eyes where a browser is signed in as this one; null for who is nobody's reader */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DemoReaderView(String name, String state, String about, String token, String eyes) {}

    @Schema(name = "TokenRequest")
    record TokenRequest(
            @NotBlank @Size(max = 200) String subject,
            @Size(max = 254) String email,
            @Size(max = 10) List<String> roles) {}

    record MintedToken(String token) {}

    private final Optional<String> issuer;
    private final ObjectMapper json;
    private final HttpClient http = HttpClient.newHttpClient();

    DemoReadersResource(@ConfigProperty(name = SandboxMain.ISSUER) Optional<String> issuer, ObjectMapper json) {
        this.issuer = issuer;
        this.json = json;
    }

    @GET
    @Path("/readers")
    @Operation(summary = "The demo readers, with a bearer token for each")
    public DemoReaderList readers() {
        return new DemoReaderList(Arrays.stream(DemoReaders.DemoPersona.values())
                .map(member -> new DemoReaderView(
                        member.user().name(),
                        member.state(),
                        member.description(),
                        mint(new TokenRequest(member.user().subject(), null, null)).token,
                        member.user().roles().isEmpty()
                                ? "/sign-in?login_hint=" + member.user().subject()
                                : null))
                .toList());
    }

    @POST
    @Path("/tokens")
    @Operation(summary = "A bearer token for anybody, with any roles")
    public MintedToken token(@NotNull @Valid TokenRequest wanted) {
        return mint(wanted);
    }

    private MintedToken mint(TokenRequest wanted) {
        String url = issuer.orElseThrow(() -> Problem.conflict(
                "foreign-issuer",
                "The issuer is not ours",
                "QUARKUS_OIDC_AUTH_SERVER_URL names another issuer: ask it"));
        try {
            var request = HttpRequest.newBuilder(URI.create(url + "/mint"))
                    .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(wanted)))
                    .build();
            return json.readValue(http.send(request, BodyHandlers.ofString()).body(), MintedToken.class);
        } catch (IOException e) {
            throw new IllegalStateException("The development issuer does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
