package dev.gatefold.pages.wall;

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The wall that publishers put before closed text; browsers fetch modules with CORS, so any page's is let in. */
@Path("/gatefold.js")
@Singleton
@RateLimitExempt
@HtmlErrors
@PermitAll
@Tag(name = "Pages")
final class WallScriptResource {
    private static final String TYPE = "text/javascript;charset=utf-8";

    private final byte[] script;
    private final EntityTag tag;

    WallScriptResource() throws IOException {
        this.script = Resources.toByteArray(Resources.getResource("pages/gatefold.js"));
        this.tag = new EntityTag(Hashing.sha256().hashBytes(script).toString().substring(0, 16));
    }

    @GET
    @AllowAnyOrigin
    @Produces(TYPE)
    @Operation(
            summary = "The wall for publishers' pages",
            description = "An ES module that defines the element gatefold-wall. Any page may load it; those that it "
                    + "may ask from are the service's to name.")
    @APIResponse(
            responseCode = "200",
            description = "The module",
            content = @Content(mediaType = "text/javascript", schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "304", description = "It is still the one with the ETag in If-None-Match")
    public Response script(@Context Request request) {
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged != null ? unchanged : Response.ok(script))
                .tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .header("Access-Control-Allow-Origin", "*")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
