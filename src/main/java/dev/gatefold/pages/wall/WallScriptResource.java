package dev.gatefold.pages.wall;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import dev.gatefold.web.endpoint.AllowAnyOrigin;
import dev.gatefold.web.endpoint.HtmlErrors;
import dev.gatefold.web.endpoint.RateLimitExempt;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Serves the paywall element for publishers' pages. Any origin may load it, because browsers fetch modules with CORS.
 */
@Path("/gatefold.js")
@Singleton
@RateLimitExempt
@HtmlErrors
@PermitAll
@Tag(name = "Pages")
final class WallScriptResource {
    private static final String TYPE = "text/javascript;charset=utf-8";
    private static final String TEXTS_PLACEHOLDER = "/* texts */ {}";

    private final byte[] script;
    private final EntityTag tag;

    WallScriptResource(ObjectMapper json) throws IOException {
        String source = Resources.toString(Resources.getResource("pages/gatefold.js"), StandardCharsets.UTF_8);
        this.script =
                source.replace(TEXTS_PLACEHOLDER, EmbedTexts.toJavaScript(json)).getBytes(StandardCharsets.UTF_8);
        this.tag = new EntityTag(Hashing.sha256().hashBytes(script).toString().substring(0, 16));
    }

    @GET
    @AllowAnyOrigin
    @Produces(TYPE)
    @Operation(
            operationId = "getPaywallScript",
            summary = "Get the paywall element for publishers' pages",
            description = "Returns an ES module that defines the element gatefold-wall. Any page can load it. The "
                    + "element can call the API only from the origins in gatefold.site.origins.")
    @APIResponse(
            responseCode = "200",
            description = "ES module",
            content = @Content(mediaType = "text/javascript", schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "304", description = "Not modified since the ETag in If-None-Match")
    public Response script(@Context Request request) {
        Response.ResponseBuilder notModified = request.evaluatePreconditions(tag);
        return (notModified != null ? notModified : Response.ok(script))
                .tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .header("Access-Control-Allow-Origin", "*")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
