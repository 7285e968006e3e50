package dev.gatefold.access.http;

import dev.gatefold.access.decide.Decision;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestResponse;

/** Adds the caching headers and the id to responses with decisions. */
public final class DecisionCacheHeaders {
    /** Header with the id of the decision, which is also in the log and in the decision samples. */
    private static final String DECISION_ID = "Decision-Id";

    private DecisionCacheHeaders() {}

    /** Returns a decision that the caller may store until it can change, or 304 if the caller has an equal one. */
    static Response cacheable(Request request, Decision decision) {
        EntityTag tag = new EntityTag(decision.fingerprint(), true);
        Response.ResponseBuilder notModified = request.evaluatePreconditions(tag);
        Response.ResponseBuilder response =
                notModified != null ? notModified : Response.ok(decision).tag(tag);
        return response.header(HttpHeaders.CACHE_CONTROL, "private, max-age=" + maxAgeSeconds(decision))
                .header(HttpHeaders.VARY, "Authorization, X-Visitor, X-Share")
                .header(DECISION_ID, decision.id())
                .build();
    }

    private static long maxAgeSeconds(Decision decision) {
        return Duration.between(decision.asOf(), decision.validUntil()).toSeconds();
    }

    /** Returns a decision that no cache may store, with its id in a header. */
    static RestResponse<Decision> notStoredWithId(Decision decision) {
        return RestResponse.ResponseBuilder.ok(decision)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(DECISION_ID, decision.id())
                .build();
    }

    /** Returns a response that no cache may store. */
    public static <T> RestResponse<T> notStored(T body) {
        return RestResponse.ResponseBuilder.ok(body)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
