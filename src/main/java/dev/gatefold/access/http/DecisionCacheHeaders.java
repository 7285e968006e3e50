package dev.gatefold.access.http;

import dev.gatefold.access.decide.Decision;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestResponse;

/** How long a caller may keep an answer, and how it asks whether it is still the same. */
public final class DecisionCacheHeaders {
    /** Under which an answer is found in the log and in the record. */
    private static final String DECISION = "Decision-Id";

    private DecisionCacheHeaders() {}

    static Response cacheable(Request request, Decision decision) {
        EntityTag tag = new EntityTag(decision.fingerprint(), true);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer =
                unchanged != null ? unchanged : Response.ok(decision).tag(tag);
        return answer.header(HttpHeaders.CACHE_CONTROL, "private, max-age=" + secondsToKeep(decision))
                .header(HttpHeaders.VARY, "Authorization, X-Visitor, X-Share")
                .header(DECISION, decision.id())
                .build();
    }

    private static long secondsToKeep(Decision decision) {
        return Duration.between(decision.asOf(), decision.validUntil()).toSeconds();
    }

    /** An answer of which only the caller is told, once. */
    static RestResponse<Decision> notStoredWithId(Decision decision) {
        return RestResponse.ResponseBuilder.ok(decision)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(DECISION, decision.id())
                .build();
    }

    public static <T> RestResponse<T> notStored(T body) {
        return RestResponse.ResponseBuilder.ok(body)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
