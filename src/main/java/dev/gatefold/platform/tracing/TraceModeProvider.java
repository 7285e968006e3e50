package dev.gatefold.platform.tracing;

import io.vertx.ext.web.RoutingContext;

/** Port through which the HTTP module decides how a request is traced. */
public interface TraceModeProvider {
    /** Returns the trace mode of the endpoint that a request is addressed to; never null. */
    TraceMode traceMode(RoutingContext request);
}
