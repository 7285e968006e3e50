package dev.gatefold.pages.layout;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;

/** What every page says to the browser besides itself: nobody else's scripts, no frame round it, nothing kept. */
public final class HtmlResponse {
    public static final MediaType MEDIA_TYPE = MediaType.TEXT_HTML_TYPE.withCharset("utf-8");

    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
            + "form-action 'self'%s; frame-ancestors 'none'";

    private HtmlResponse() {}

    /** @param formTargets where else the page's forms may lead in the end: the origins of hosted pages */
    static Response.ResponseBuilder ok(TemplateInstance template, String formTargets) {
        return guarded(Response.ok(template, MEDIA_TYPE), formTargets);
    }

    public static Response.ResponseBuilder redirect(URI to) {
        return guarded(Response.seeOther(to), "");
    }

    private static Response.ResponseBuilder guarded(Response.ResponseBuilder response, String formTargets) {
        securityHeaders(formTargets).forEach(response::header);
        return response;
    }

    /** The headers. */
    public static Map<String, String> securityHeaders(String formTargets) {
        return Map.of(
                "Content-Security-Policy", POLICY.formatted(formTargets.isEmpty() ? "" : " " + formTargets),
                "Cache-Control", "no-store",
                "Referrer-Policy", "same-origin",
                "X-Content-Type-Options", "nosniff",
                "Cross-Origin-Opener-Policy", "same-origin");
    }
}
