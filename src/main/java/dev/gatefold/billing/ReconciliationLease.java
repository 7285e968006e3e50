package dev.gatefold.billing;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import org.hibernate.Session;

/** One comparison at a time, over all replicas. */
@Singleton
class ReconciliationLease {
    private static final Duration LASTS = Duration.ofMinutes(10);

    private final Session database;

    ReconciliationLease(Session database) {
        this.database = database;
    }

    /** Takes the lease, unless somebody has it, or the last comparison ended less than {@code pause} ago. */
    @Transactional
    boolean take(Duration pause) {
        return database.createNativeMutationQuery("""
                                update reconciliation set leased_until = clock_timestamp() + cast(:lasts as interval)
                                where (leased_until is null or leased_until <= clock_timestamp())
                                  and (finished_at is null
                                       or finished_at <= clock_timestamp() - cast(:pause as interval))
                                """)
                        .setParameter("lasts", LASTS.toString())
                        .setParameter("pause", pause.toString())
                        .executeUpdate()
                == 1;
    }

    /** Keeps it, while there is more to compare. */
    @Transactional
    void renew() {
        database.createNativeMutationQuery(
                        "update reconciliation set leased_until = clock_timestamp() + cast(:lasts as interval)")
                .setParameter("lasts", LASTS.toString())
                .executeUpdate();
    }

    @Transactional
    void giveBack(boolean finished) {
        database.createNativeMutationQuery("""
                        update reconciliation set leased_until = null,
                          finished_at = case when :finished then clock_timestamp() else finished_at end
                        """)
                .setParameter("finished", finished)
                .executeUpdate();
    }
}
