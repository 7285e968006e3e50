package dev.gatefold.web;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** Public answers that are the same for everybody until the revision of what they are made from changes. */
public final class Revised {
    private static final String CACHED = "public, max-age=60";

    private Revised() {}

    /** The answer, or 304 to a caller who has this revision. */
    public static Response answer(Request request, long revision, Supplier<?> body) {
        EntityTag tag = new EntityTag("r" + revision, true);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer =
                unchanged != null ? unchanged : Response.ok(body.get()).tag(tag);
        return answer.header("Cache-Control", CACHED).build();
    }
}
