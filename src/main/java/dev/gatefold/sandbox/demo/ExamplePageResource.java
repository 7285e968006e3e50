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

/** A page as a publisher might have one, with the wall in it; as strict about scripts and styles as some are. */
@Path("/example/{file}")
@HtmlErrors
@RateLimitExempt
@PermitAll
final class ExamplePageResource {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:";

    private static final Map<String, String> TYPES = Map.of(
            "article.html", "text/html",
            "style.css", "text/css",
            "reader.js", "text/javascript");

    @GET
    @Operation(hidden = true)
    public Response show(@RestPath String file) throws IOException {
        String type = Optional.ofNullable(TYPES.get(file)).orElseThrow(() -> Problem.notFound("No such page"));
        try (InputStream content = ExamplePageResource.class.getResourceAsStream("/sandbox/example/" + file)) {
            return Response.ok(Objects.requireNonNull(content).readAllBytes(), type + ";charset=utf-8")
                    .header("Content-Security-Policy", POLICY)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        }
    }
}
