/** Configuration of metrics that Quarkus records. */
package dev.gatefold.platform.metrics;
