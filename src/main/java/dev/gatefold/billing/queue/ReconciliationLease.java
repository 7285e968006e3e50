package dev.gatefold.billing.queue;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** The lease that limits reconciliation to one run at a time over all replicas. */
@Singleton
class ReconciliationLease {
    private static final Duration DURATION = Duration.ofMinutes(10);

    private final Session database;

    ReconciliationLease(Session database) {
        this.database = database;
    }

    /** Takes the lease, unless it is taken or the last run finished less than {@code pause} ago. */
    @Transactional
    Optional<UUID> acquire(Duration pause) {
        UUID lease = UUID.randomUUID();
        int taken = database.createNativeMutationQuery("""
                        update reconciliation
                        set lease_id = :lease, leased_until = clock_timestamp() + cast(:duration as interval)
                        where (leased_until is null or leased_until <= clock_timestamp())
                          and (finished_at is null or finished_at <= clock_timestamp() - cast(:pause as interval))
                        """)
                .setParameter("lease", lease)
                .setParameter("duration", DURATION.toString())
                .setParameter("pause", pause.toString())
                .executeUpdate();
        return Optional.of(lease).filter(_ -> taken == 1);
    }

    /** Extends the lease by ten minutes. Returns false if it expired and another replica took it. */
    @Transactional
    boolean renew(UUID lease) {
        return database.createNativeMutationQuery("""
                                update reconciliation set leased_until = clock_timestamp() + cast(:duration as interval)
                                where lease_id = :lease
                                """)
                        .setParameter("duration", DURATION.toString())
                        .setParameter("lease", lease)
                        .executeUpdate()
                == 1;
    }

    /**
     * Returns the lease.
     *
     * @param finished whether the run was complete, so that the next one is due only after the usual interval
     */
    @Transactional
    void release(UUID lease, boolean finished) {
        database.createNativeMutationQuery("""
                        update reconciliation set lease_id = null, leased_until = null,
                          finished_at = case when :finished then clock_timestamp() else finished_at end
                        where lease_id = :lease
                        """)
                .setParameter("finished", finished)
                .setParameter("lease", lease)
                .executeUpdate();
    }
}
