/**
 * What is told of requests to whoever watches the service: which are traced ({@link dev.gatefold.telemetry.Sampling}), that
 * a trace does not say who asked, and for what ({@link dev.gatefold.telemetry.Discretion}), and how finely their time is
 * told ({@link dev.gatefold.telemetry.Buckets}). Owns no table. What a room counts of its own is in that room.
 */
package dev.gatefold.telemetry;
