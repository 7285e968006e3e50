package dev.gatefold.sandbox.demo;

import dev.gatefold.kernel.Problem;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** An example page of a publisher with the paywall element. Its content security policy is as strict as that of real sites. */
@Path("/example/{file}")
@HtmlErrors
@RateLimitExempt
@PermitAll
final class ExamplePageResource {
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:";

    private static final Map<String, String> TYPES = Map.of(
            "article.html", "text/html",
            "style.css", "text/css",
            "reader.js", "text/javascript");

    @GET
    @Operation(hidden = true)
    public Response show(@RestPath String file) throws IOException {
        String type = Optional.ofNullable(TYPES.get(file))
                .orElseThrow(() -> Problem.notFound("The example has no such file"));
        try (InputStream content = ExamplePageResource.class.getResourceAsStream("/sandbox/example/" + file)) {
            return Response.ok(Objects.requireNonNull(content).readAllBytes(), type + ";charset=utf-8")
                    .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        }
    }
}
