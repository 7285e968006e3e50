/**
 * What is told of requests to whoever watches the service: which of them are followed by a trace, that tells nothing of who
 * asked and for what ({@link dev.gatefold.telemetry.Followed}), which traces are kept
 * ({@link dev.gatefold.telemetry.Sampling}), and how finely the time to answer is told
 * ({@link dev.gatefold.telemetry.Buckets}). Owns no table. What a room counts of its own is in that room.
 */
package dev.gatefold.telemetry;
