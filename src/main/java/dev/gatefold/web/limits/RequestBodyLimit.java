package dev.gatefold.web.limits;

import dev.gatefold.web.endpoint.EndpointPolicies;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rejects request bodies above the limit of their endpoint with status 413, and reads the others completely before a worker
 * thread is assigned: no thread waits for a slow client.
 */
@Singleton
final class RequestBodyLimit {
    private static final int PRIORITY = 400;
    private static final int TOO_LARGE = 413;

    private final EndpointPolicies endpoints;

    /** By limit in bytes; there are only as many as different limits are declared. */
    private final Map<Long, BodyHandler> bodyHandlers = new ConcurrentHashMap<>();

    RequestBodyLimit(EndpointPolicies endpoints) {
        this.endpoints = endpoints;
    }

    void register(@Observes Filters filters) {
        filters.register(this::limitBody, PRIORITY);
    }

    private void limitBody(RoutingContext request) {
        long limit = endpoints.policyOf(request).maxBodyBytes();
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean isChunked = request.request().headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (length != null && Long.parseLong(length) > limit) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
            request.fail(TOO_LARGE);
        } else if (isChunked || (length != null && !length.equals("0"))) {
            bodyHandlers
                    .computeIfAbsent(limit, it -> BodyHandler.create(false).setBodyLimit(it))
                    .handle(request);
        } else {
            ignoreContentTypeOfEmptyBody(request);
            request.next();
        }
    }

    /** Clients send arbitrary content types, or none, with an empty POST; without a body the type does not matter. */
    private static void ignoreContentTypeOfEmptyBody(RoutingContext request) {
        if (HttpMethod.POST.equals(request.request().method())) {
            request.request().headers().set(HttpHeaders.CONTENT_TYPE, "application/json");
        }
    }
}
