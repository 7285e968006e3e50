package dev.gatefold.web.routing;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Gives a caller's {@code X-Request-ID} back with every answer, so that the two can be put side by side. */
@Singleton
final class RequestIdFilter {
    private static final String HEADER = "X-Request-ID";
    private static final int LONGEST = 200;
    private static final int EARLY = 500;

    void register(@Observes Filters filters) {
        filters.register(this::echo, EARLY);
    }

    private void echo(RoutingContext request) {
        String id = request.request().getHeader(HEADER);
        if (id != null && id.length() <= LONGEST && id.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            request.response().putHeader(HEADER, id);
        }
        request.next();
    }
}
