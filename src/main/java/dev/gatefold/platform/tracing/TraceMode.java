package dev.gatefold.platform.tracing;

/** Which requests to an endpoint are traced, and which of the traces are exported. */
public enum TraceMode {
    /** Traces and exports every request. */
    ALWAYS,
    /** Traces and exports the configured ratio of requests; the others have no span. */
    SAMPLED,
    /**
     * Traces every request, because its log lines carry the trace id, and exports the configured ratio of the traces.
     */
    EXPORT_SAMPLED
}
