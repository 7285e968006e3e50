/**
 * Traces of requests: {@link dev.gatefold.platform.tracing.RequestTracing} decides which requests have a span, and
 * {@link dev.gatefold.platform.tracing.TraceSampler} which spans are exported. Spans contain neither callers nor URLs.
 */
package dev.gatefold.platform.tracing;
