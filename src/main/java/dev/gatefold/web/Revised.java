package dev.gatefold.web;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Public answers that are the same for everybody until the revision of what they are made from changes. */
public final class Revised {
    private static final String CACHED = "public, max-age=60";

    private Revised() {}

    /** The answer, or 304 to a caller who has this revision. */
    public static <T> RestResponse<T> answer(Request request, long revision, Supplier<T> body) {
        EntityTag tag = new EntityTag("r" + revision, true);
        boolean changed = request.evaluatePreconditions(tag) == null;
        return (changed ? ResponseBuilder.ok(body.get()) : ResponseBuilder.<T>notModified())
                .tag(tag)
                .header("Cache-Control", CACHED)
                .build();
    }
}
