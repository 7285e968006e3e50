package dev.gatefold.kernel;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;

/**
 * Produces the system clock, in UTC. It ticks in milliseconds, so that an instant is equal in memory, in JSON and in the
 * database. The sandbox replaces it by a clock that tests can set.
 */
final class ClockProducer {
    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
