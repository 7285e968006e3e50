/**
 * What is told of requests to whoever watches the service: which of them are followed by a trace, that tells nothing of who
 * asked and for what ({@link dev.gatefold.platform.tracing.RequestTracing}), which traces are kept
 * ({@link dev.gatefold.platform.tracing.TraceSampler}), and how finely the time to answer is told
 * ({@link dev.gatefold.platform.metrics.RequestDurationBuckets}). Owns no table. What a room counts of its own is in that room.
 */
package dev.gatefold.platform.tracing;
