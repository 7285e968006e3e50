package dev.gatefold.web.routing;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Returns the {@code X-Request-ID} of a request in its response, if it is visible ASCII of at most 200 characters. */
@Singleton
final class RequestIdFilter {
    private static final String HEADER = "X-Request-ID";
    private static final int MAX_LENGTH = 200;
    private static final int PRIORITY = 500;

    void register(@Observes Filters filters) {
        filters.register(this::echo, PRIORITY);
    }

    private void echo(RoutingContext request) {
        String id = request.request().getHeader(HEADER);
        if (id != null && id.length() <= MAX_LENGTH && id.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            request.response().putHeader(HEADER, id);
        }
        request.next();
    }
}
