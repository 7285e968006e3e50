package dev.gatefold.platform.invalidation;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Receives the invalidations of all replicas while the service runs, and fires them as CDI events. */
@Singleton
public final class CacheInvalidationListener {
    /** Finds changes whose notification was lost, with as much time again for the query before the freshness limit. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    /** Collects a burst of notifications into one query. */
    private static final Duration BATCH_DELAY = Duration.ofMillis(5);

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

    private final AgroalDataSource pool;
    private final CacheInvalidationConfig config;
    private final Event<CacheInvalidation> invalidated;
    private final Event<FreshnessWindowOpened> windowOpened;
    private volatile FreshnessWindow freshnessWindow = FreshnessWindow.expired();
    private volatile Thread listener;
    private Duration backoff = FIRST_BACKOFF;
    private boolean isInterrupted;

    CacheInvalidationListener(
            AgroalDataSource pool,
            CacheInvalidationConfig config,
            Event<CacheInvalidation> invalidated,
            Event<FreshnessWindowOpened> windowOpened,
            MeterRegistry metrics) {
        this.pool = pool;
        this.config = config;
        this.invalidated = invalidated;
        this.windowOpened = windowOpened;
        Gauge.builder("gatefold.cache.invalidation.up", this, it -> it.freshnessWindow.isFresh() ? 1 : 0)
                .description("1 while this replica receives invalidations, else 0")
                .register(metrics);
    }

    /** Returns the current window. Call it before reading a value that is to be cached. */
    public FreshnessWindow freshnessWindow() {
        return freshnessWindow;
    }

    void start(@Observes StartupEvent event) {
        // assigned before it starts: the thread runs while the field refers to it
        listener = Thread.ofVirtual().name("cache-invalidation").unstarted(this::listen);
        listener.start();
    }

    private void listen() {
        while (isActive()) {
            try (CacheInvalidationConnection connection = CacheInvalidationConnection.open(pool, config.useNotify())) {
                receive(connection);
            } catch (SQLException | RuntimeException e) {
                if (isActive()) {
                    backOff(e);
                }
            }
        }
    }

    private boolean isActive() {
        return listener == Thread.currentThread();
    }

    private void receive(CacheInvalidationConnection connection) throws SQLException {
        FreshnessWindow window = new FreshnessWindow(System.nanoTime());
        freshnessWindow = window;
        windowOpened.fire(new FreshnessWindowOpened());
        while (isActive()) {
            connection.awaitNotification(POLL_INTERVAL);
            LockSupport.parkNanos(BATCH_DELAY.toNanos());
            long polledAt = System.nanoTime();
            CacheInvalidationConnection.InvalidationBatch batch = connection.poll();
            batch.invalidations().forEach(invalidated::fire);
            connection.acknowledge(batch);
            window.processedUntil(polledAt);
            recovered();
        }
    }

    private void recovered() {
        backoff = FIRST_BACKOFF;
        if (isInterrupted) {
            isInterrupted = false;
            Log.info("Cache invalidations are received again");
        }
    }

    private void backOff(Exception e) {
        if (!isInterrupted) {
            isInterrupted = true;
            Log.warnf("Cache invalidations are not received; values are cached for one second only: %s", e);
        }
        LockSupport.parkNanos(backoff.toNanos());
        backoff = backoff.multipliedBy(2).compareTo(MAX_BACKOFF) < 0 ? backoff.multipliedBy(2) : MAX_BACKOFF;
    }

    void stop(@Observes ShutdownEvent event) {
        Thread last = listener;
        listener = null;
        last.interrupt();
    }
}
