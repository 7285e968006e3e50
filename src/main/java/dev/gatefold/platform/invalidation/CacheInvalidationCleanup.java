package dev.gatefold.platform.invalidation;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.hibernate.Session;

/**
 * Deletes invalidations that have been visible to every replica for at least ten minutes. Runs on every replica; the delete
 * is idempotent.
 */
@Singleton
class CacheInvalidationCleanup {
    private static final String DELETE =
            "delete from cache_invalidation where pg_visible_in_snapshot(transaction_id, cast(:snapshot as pg_snapshot))";
    private static final String CURRENT_SNAPSHOT = "select cast(pg_current_snapshot() as text)";

    private final Session database;
    private String lastSnapshot;

    CacheInvalidationCleanup(Session database) {
        this.database = database;
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deleteOld() {
        if (lastSnapshot != null) {
            QuarkusTransaction.requiringNew()
                    .run(() -> database.createNativeMutationQuery(DELETE)
                            .setParameter("snapshot", lastSnapshot)
                            .executeUpdate());
        }
        lastSnapshot = QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(CURRENT_SNAPSHOT, String.class)
                        .getSingleResult());
    }
}
