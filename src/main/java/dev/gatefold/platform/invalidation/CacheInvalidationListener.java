package dev.gatefold.platform.invalidation;

import io.agroal.api.AgroalDataSource;
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

/** Follows what any replica changes, for as long as this one runs, and tells the rooms. */
@Singleton
public final class CacheInvalidationListener {
    /** So long a lost nudge is made up for: within the promise, with as much again for the look itself. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** So that a burst of nudges is one look. */
    private static final Duration GATHER = Duration.ofMillis(5);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final AgroalDataSource pool;
    private final CacheInvalidationConfig config;
    private final Event<CacheInvalidation> changed;
    private final Event<FreshnessWindowOpened> began;
    private volatile FreshnessWindow freshnessWindow = FreshnessWindow.expired();
    private volatile Thread follower;
    private Duration pause = FIRST_PAUSE;
    private boolean deaf;

    CacheInvalidationListener(
            AgroalDataSource pool,
            CacheInvalidationConfig config,
            Event<CacheInvalidation> changed,
            Event<FreshnessWindowOpened> began,
            MeterRegistry metrics) {
        this.pool = pool;
        this.config = config;
        this.changed = changed;
        this.began = began;
        metrics.gauge("gatefold.cache.invalidation.up", this, it -> it.freshnessWindow.isFresh() ? 1 : 0);
    }

    /** The while that is now; to be asked for before something is read that is to be held. */
    public FreshnessWindow freshnessWindow() {
        return freshnessWindow;
    }

    void start(@Observes StartupEvent event) {
        // known before it runs: it goes on for as long as it is the one
        follower = Thread.ofVirtual().name("cache-invalidation").unstarted(this::follow);
        follower.start();
    }

    private void follow() {
        while (isWanted()) {
            try (CacheInvalidationConnection line = CacheInvalidationConnection.open(pool, config.useNotify())) {
                hear(line);
            } catch (SQLException | RuntimeException e) {
                if (isWanted()) {
                    miss(e);
                }
            }
        }
    }

    private boolean isWanted() {
        return follower == Thread.currentThread();
    }

    private void hear(CacheInvalidationConnection line) throws SQLException {
        FreshnessWindow now = new FreshnessWindow(System.nanoTime());
        freshnessWindow = now;
        began.fire(new FreshnessWindowOpened());
        while (isWanted()) {
            line.awaitNotification(LOOK_AGAIN);
            LockSupport.parkNanos(GATHER.toNanos());
            long begun = System.nanoTime();
            CacheInvalidationConnection.InvalidationBatch look = line.poll();
            look.invalidations().forEach(changed::fire);
            line.acknowledge(look);
            now.processedUntil(begun);
            found();
        }
    }

    private void found() {
        pause = FIRST_PAUSE;
        if (deaf) {
            deaf = false;
            Log.info("What other replicas change is heard again");
        }
    }

    private void miss(Exception e) {
        if (!deaf) {
            deaf = true;
            Log.warnf("What other replicas change is not heard, and memory is relied on for a second only: %s", e);
        }
        LockSupport.parkNanos(pause.toNanos());
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    void stop(@Observes ShutdownEvent event) {
        Thread last = follower;
        follower = null;
        last.interrupt();
    }
}
