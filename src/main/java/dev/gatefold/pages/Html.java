package dev.gatefold.pages;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** What every page says to the browser besides itself: nobody else's scripts, no frame round it, nothing kept. */
final class Html {
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
            + "form-action 'self'%s; frame-ancestors 'none'";

    private Html() {}

    /** @param formTargets where else the page's forms may lead in the end: the origins of hosted pages */
    static Response.ResponseBuilder page(TemplateInstance template, String formTargets) {
        return guarded(Response.ok(template, MediaType.TEXT_HTML_TYPE.withCharset("utf-8")))
                .header("Content-Security-Policy", POLICY.formatted(formTargets.isEmpty() ? "" : " " + formTargets));
    }

    static Response.ResponseBuilder redirect(URI to) {
        return guarded(Response.seeOther(to));
    }

    private static Response.ResponseBuilder guarded(Response.ResponseBuilder response) {
        return response.header("Cache-Control", "no-store")
                .header("Referrer-Policy", "same-origin")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cross-Origin-Opener-Policy", "same-origin");
    }
}
