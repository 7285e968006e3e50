package dev.gatefold.web.caching;

import com.google.common.hash.Hashing;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Cacheable responses that are the same for all callers until their revision changes. */
public final class ConditionalGet {
    private static final String CACHE_CONTROL = "public, max-age=60";
    private static final int TAG_LENGTH = 32;

    private ConditionalGet() {}

    /** Returns the response, or status 304 if the request has the ETag of this revision. */
    public static <T> RestResponse<T> respond(Request request, long revision, Supplier<T> body) {
        return respond(request, new EntityTag("r" + revision, true), body);
    }

    /** Returns the response, or status 304 if the request has the ETag of this edition. */
    public static <T> RestResponse<T> respond(Request request, String edition, Supplier<T> body) {
        return respond(request, new EntityTag("r" + edition, true), body);
    }

    /** Returns the response, or status 304 if the request has the ETag of this body, for content without a revision. */
    public static RestResponse<String> respond(Request request, String body) {
        String hash = Hashing.sha256().hashString(body, StandardCharsets.UTF_8).toString();
        return respond(request, new EntityTag(hash.substring(0, TAG_LENGTH), true), () -> body);
    }

    private static <T> RestResponse<T> respond(Request request, EntityTag tag, Supplier<T> body) {
        boolean isChanged = request.evaluatePreconditions(tag) == null;
        return (isChanged ? ResponseBuilder.ok(body.get()) : ResponseBuilder.<T>notModified())
                .tag(tag)
                .header("Cache-Control", CACHE_CONTROL)
                .build();
    }
}
