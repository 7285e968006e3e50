package dev.gatefold.pages.layout;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;

/** Responses with the security headers of all pages: no scripts, no framing, no caching. */
public final class HtmlResponse {
    /** Media type of all pages. */
    public static final MediaType MEDIA_TYPE = MediaType.TEXT_HTML_TYPE.withCharset("utf-8");

    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
                    + "form-action 'self'%s; frame-ancestors 'none'";

    private HtmlResponse() {}

    static Response.ResponseBuilder ok(TemplateInstance template, String formTargets) {
        return withSecurityHeaders(Response.ok(template, MEDIA_TYPE), formTargets);
    }

    /** Returns a 303 response to the URL, which may be relative to the service. */
    public static Response.ResponseBuilder redirect(URI to) {
        return withSecurityHeaders(Response.seeOther(to), "");
    }

    private static Response.ResponseBuilder withSecurityHeaders(Response.ResponseBuilder response, String formTargets) {
        securityHeaders(formTargets).forEach(response::header);
        return response;
    }

    /**
     * Returns the security headers of a page.
     *
     * @param formTargets origins of other sites, separated by spaces, that forms of the page may redirect to; may be empty
     */
    public static Map<String, String> securityHeaders(String formTargets) {
        return Map.of(
                "Content-Security-Policy",
                        CONTENT_SECURITY_POLICY.formatted(formTargets.isEmpty() ? "" : " " + formTargets),
                "Cache-Control", "no-store",
                "Referrer-Policy", "same-origin",
                "X-Content-Type-Options", "nosniff",
                "Cross-Origin-Opener-Policy", "same-origin");
    }
}
