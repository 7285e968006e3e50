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
 * Whether the schema is as new as this build needs it. Until it is, the start waits, before anything reads a table and
 * before a port is open: so nobody finds the service ready, and nothing of it runs on tables that it does not know. Asked at
 * the start only, since a schema does not grow older; a database that is away later makes no replica unready.
 */
@Singleton
class SchemaVersionCheck {
    private static final int BEFORE_ALL = 1;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Flyway flyway;
    private final SchemaCheckConfig config;

    SchemaVersionCheck(Flyway flyway, SchemaCheckConfig config) {
        this.flyway = flyway;
        this.config = config;
    }

    void await(@Observes @Priority(BEFORE_ALL) StartupEvent event) {
        long deadline = System.nanoTime() + config.waitTimeout().toNanos();
        Optional<String> told = Optional.empty();
        for (Optional<String> lack = lack(); lack.isPresent(); lack = lack()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Gatefold does not start: " + lack.get());
            }
            if (!lack.equals(told)) {
                Log.warnf("Waiting to start: %s", lack.get());
                told = lack;
            }
            pause();
        }
    }

    /** Waiting does not help if another line of versions created the schema. */
    private void requireSupported() {
        if (SchemaLineage.isUnsupported(flyway)) {
            throw new IllegalStateException("Gatefold does not start: " + SchemaLineage.UNSUPPORTED);
        }
    }

    /** What is in the way; empty where nothing is. A schema that is newer is that of a release to come, and fits. */
    private Optional<String> lack() {
        try {
            requireSupported();
            var pending = flyway.info().pending();
            return pending.length == 0
                    ? Optional.empty()
                    : Optional.of("the schema lacks version %s; \"java -jar quarkus-run.jar %s\" brings it there"
                            .formatted(pending[pending.length - 1].getVersion(), SchemaMigration.COMMAND));
        } catch (FlywayException e) {
            Log.debug("The schema cannot be asked for its version", e);
            return Optional.of("the database cannot be asked for the version of its schema");
        }
    }

    /** A process that is told to end is not kept from it. */
    private static void pause() {
        Thread waiting = Thread.currentThread();
        Thread interruption = new Thread(waiting::interrupt);
        Runtime.getRuntime().addShutdownHook(interruption);
        try {
            Thread.sleep(PAUSE);
            Runtime.getRuntime().removeShutdownHook(interruption);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Gatefold was told to end before it had started", e);
        }
    }
}
