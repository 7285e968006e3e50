package dev.gatefold.web.caching;

import com.google.common.hash.Hashing;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Public answers that are the same for everybody until the revision of what they are made from changes. */
public final class ConditionalGet {
    private static final String CACHED = "public, max-age=60";
    private static final int TAG_LENGTH = 32;

    private ConditionalGet() {}

    /** The answer, or 304 to a caller who has this revision. */
    public static <T> RestResponse<T> respond(Request request, long revision, Supplier<T> body) {
        return respond(request, new EntityTag("r" + revision, true), body);
    }

    /** The answer, or 304 to a caller who has this edition. */
    public static <T> RestResponse<T> respond(Request request, String edition, Supplier<T> body) {
        return respond(request, new EntityTag("r" + edition, true), body);
    }

    /** The same for what is made of more than one thing that changes: to a caller who has this very body, 304. */
    public static RestResponse<String> respond(Request request, String body) {
        String hash = Hashing.sha256().hashString(body, StandardCharsets.UTF_8).toString();
        return respond(request, new EntityTag(hash.substring(0, TAG_LENGTH), true), () -> body);
    }

    private static <T> RestResponse<T> respond(Request request, EntityTag tag, Supplier<T> body) {
        boolean changed = request.evaluatePreconditions(tag) == null;
        return (changed ? ResponseBuilder.ok(body.get()) : ResponseBuilder.<T>notModified())
                .tag(tag)
                .header("Cache-Control", CACHED)
                .build();
    }
}
