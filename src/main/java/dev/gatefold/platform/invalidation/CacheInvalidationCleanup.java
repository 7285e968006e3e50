package dev.gatefold.platform.invalidation;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.hibernate.Session;

/** Deletes what has been there to be seen for ten minutes; on every replica, for whom it does not matter who does it. */
@Singleton
class CacheInvalidationCleanup {
    private static final String DELETE =
            "delete from cache_invalidation where pg_visible_in_snapshot(transaction_id, cast(:then as pg_snapshot))";

    private final Session database;
    private String then;

    CacheInvalidationCleanup(Session database) {
        this.database = database;
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deleteOld() {
        if (then != null) {
            QuarkusTransaction.requiringNew()
                    .run(() -> database.createNativeMutationQuery(DELETE)
                            .setParameter("then", then)
                            .executeUpdate());
        }
        then = QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery("select cast(pg_current_snapshot() as text)", String.class)
                        .getSingleResult());
    }
}
