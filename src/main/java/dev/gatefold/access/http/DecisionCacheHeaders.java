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

    /**
     * Returns a decision that the caller may store, or 304 if the caller has an equal one. A grant may be reused until it
     * can change. A denial must be revalidated before each use, so that the reader's payment or trial takes effect at once.
     */
    static Response cacheable(Request request, Decision decision) {
        EntityTag tag = new EntityTag(decision.fingerprint(), true);
        Response.ResponseBuilder notModified = request.evaluatePreconditions(tag);
        Response.ResponseBuilder response =
                notModified != null ? notModified : Response.ok(decision).tag(tag);
        return response.header(HttpHeaders.CACHE_CONTROL, cacheControl(decision))
                .header(HttpHeaders.VARY, "Authorization, X-Visitor, X-Share")
                .header(DECISION_ID, decision.id())
                .build();
    }

    private static String cacheControl(Decision decision) {
        return decision.granted()
                ? "private, max-age="
                        + Duration.between(decision.asOf(), decision.validUntil())
                                .toSeconds()
                : "private, no-cache";
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
