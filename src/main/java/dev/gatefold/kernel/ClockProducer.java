package dev.gatefold.kernel;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * The time, to the millisecond, so that an instant is the same in memory, in JSON and in the database. Read once at the
 * edge of the service and handed on; the sandbox puts a clock in its place that can be moved.
 */
final class ClockProducer {
    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.tickMillis(java.time.ZoneOffset.UTC);
    }
}
