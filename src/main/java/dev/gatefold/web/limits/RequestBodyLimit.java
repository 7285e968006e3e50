package dev.gatefold.web.limits;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What a request may weigh: enough for a hundred articles, and more only where an operator sends a catalogue. */
@Singleton
final class RequestBodyLimit {
    private static final long USUAL = 512 * 1024;
    private static final long CATALOGUE = 16 * 1024 * 1024;
    private static final int EARLY = 400;
    private static final int TOO_LARGE = 413;

    private final BodyHandler usual = BodyHandler.create(false).setBodyLimit(USUAL);
    private final BodyHandler catalogue = BodyHandler.create(false).setBodyLimit(CATALOGUE);

    void register(@Observes Filters filters) {
        filters.register(this::weigh, EARLY);
    }

    private void weigh(RoutingContext request) {
        boolean isCatalogue = request.request().path().startsWith("/admin/");
        long limit = isCatalogue ? CATALOGUE : USUAL;
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean unknown = request.request().headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (length != null && Long.parseLong(length) > limit) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
            request.fail(TOO_LARGE);
        } else if (unknown || (length != null && !length.equals("0"))) {
            // taken in whole before anybody works on it: no thread waits for a body that comes in slowly
            (isCatalogue ? catalogue : usual).handle(request);
        } else {
            if (HttpMethod.POST.equals(request.request().method())) {
                // a body that is not there is as good as any; clients say odd things of its type, or nothing
                request.request().headers().set(HttpHeaders.CONTENT_TYPE, "application/json");
            }
            request.next();
        }
    }
}
