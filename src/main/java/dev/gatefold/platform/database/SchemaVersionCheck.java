package dev.gatefold.platform.database;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Delays the start until the schema has the version that this build needs, before a table is read or a port is opened. The
 * version is not checked again: schemas do not go back, and a database outage must not make a replica unready.
 */
@Singleton
class SchemaVersionCheck {
    private static final int BEFORE_OTHER_OBSERVERS = 1;
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final Flyway flyway;
    private final SchemaCheckConfig config;

    SchemaVersionCheck(Flyway flyway, SchemaCheckConfig config) {
        this.flyway = flyway;
        this.config = config;
    }

    void await(@Observes @Priority(BEFORE_OTHER_OBSERVERS) StartupEvent event) {
        long deadline = System.nanoTime() + config.waitTimeout().toNanos();
        Optional<String> logged = Optional.empty();
        for (Optional<String> obstacle = obstacle(); obstacle.isPresent(); obstacle = obstacle()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Gatefold cannot start: " + obstacle.get());
            }
            if (!obstacle.equals(logged)) {
                Log.warnf("Start delayed: %s", obstacle.get());
                logged = obstacle;
            }
            pause();
        }
    }

    /** Waiting does not help if another line of versions created the schema. */
    private void requireSupported() {
        if (SchemaLineage.isUnsupported(flyway)) {
            throw new IllegalStateException("Gatefold cannot start: " + SchemaLineage.UNSUPPORTED);
        }
    }

    /** Returns what prevents the start; empty if nothing does. A schema of a later release is accepted. */
    private Optional<String> obstacle() {
        try {
            requireSupported();
            var pending = flyway.info().pending();
            return pending.length == 0
                    ? Optional.empty()
                    : Optional.of("the schema lacks version %s; run \"java -jar quarkus-run.jar %s\""
                            .formatted(pending[pending.length - 1].getVersion(), SchemaMigration.COMMAND));
        } catch (FlywayException e) {
            Log.debug("Schema version not available", e);
            return Optional.of("the version of the schema cannot be read from the database");
        }
    }

    /** Sleeps for one interval. Ends with an exception when the process is asked to terminate. */
    private static void pause() {
        Thread waiting = Thread.currentThread();
        Thread interruption = new Thread(waiting::interrupt);
        Runtime.getRuntime().addShutdownHook(interruption);
        try {
            Thread.sleep(POLL_INTERVAL);
            Runtime.getRuntime().removeShutdownHook(interruption);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Gatefold was terminated before it had started", e);
        }
    }
}
