package dev.gatefold.sandbox.demo;

import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The overview page, where developers try the API without a client of their own. */
@Path("/")
@HtmlErrors
@RateLimitExempt
@PermitAll
final class WelcomePageResource {
    @GET
    @Produces("text/html; charset=utf-8")
    @Operation(hidden = true)
    public String show() throws IOException {
        try (InputStream page = WelcomePageResource.class.getResourceAsStream("/sandbox/welcome.html")) {
            return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
