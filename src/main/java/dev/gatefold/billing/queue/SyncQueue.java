package dev.gatefold.billing.queue;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * The subscriptions that may have changed since they were fetched. A reason to fetch is a mark; a fetch covers the marks
 * that were there when it began, so that a burst of events costs one or two. A lease keeps two from fetching one
 * subscription at once, also on two replicas; who dies with it costs its time.
 */
@Singleton
public class SyncQueue {
    /**
     * The right to fetch a subscription, and to record what comes back.
     *
     * @param requestedVersion all that were made up to this one are covered
     * @param syncNumber the place of the fetch in the order of all
     * @param attempts that have failed since it was last fetched
     * @param traceparents of the deliveries that wait for it, the oldest first
     */
    public record SyncLease(
            UUID id,
            String subscription,
            long requestedVersion,
            long syncNumber,
            int attempts,
            List<String> traceparents) {}

    private static final Duration LASTS = Duration.ofSeconds(60);

    /** Notes that a subscription may have changed; answers the mark. */
    static final String REQUEST = """
            insert into sync_queue as q (subscription_id, requested_version) values (:subscription, 1)
            on conflict (subscription_id) do update set requested_version = q.requested_version + 1,
              due_at = case when q.requested_version > q.synced_version then q.due_at else clock_timestamp() end
            returning requested_version
            """;

    private static final String TAKE = """
            update sync_queue set lease_id = :lease, leased_until = clock_timestamp() + cast(:lasts as interval)
            where subscription_id = (
              select subscription_id from sync_queue
              where requested_version > synced_version and (leased_until is null or leased_until <= clock_timestamp()) and %s
              order by due_at for update skip locked limit 1)
            returning subscription_id, requested_version, nextval('sync_number_seq'), attempt_count, array(
              select e.traceparent from event_dependency d join inbox_event e on e.event_id = d.event_id
              where d.subscription_id = sync_queue.subscription_id and e.traceparent is not null
              order by e.received_at)
            """;

    private static final String NEXT = TAKE.formatted("due_at <= clock_timestamp()");
    private static final String THIS = TAKE.formatted("subscription_id = :subscription");

    private final Session database;

    SyncQueue(Session database) {
        this.database = database;
    }

    /** Notes that the subscription may have changed. */
    @Transactional
    public long request(String subscription) {
        return database.createNativeQuery(REQUEST, Long.class)
                .setParameter("subscription", subscription)
                .getSingleResult();
    }

    /** The lease of whichever has been due for longest. */
    @Transactional
    Optional<SyncLease> leaseNext() {
        return lease(database.createNativeQuery(NEXT, Object[].class));
    }

    /** The lease of this one, due or not; empty where somebody has it, or there is nothing to fetch any more. */
    @Transactional
    public Optional<SyncLease> lease(String subscription) {
        return lease(database.createNativeQuery(THIS, Object[].class).setParameter("subscription", subscription));
    }

    private static Optional<SyncLease> lease(NativeQuery<Object[]> statement) {
        UUID id = UUID.randomUUID();
        List<Object[]> rows = statement
                .setParameter("lease", id)
                .setParameter("lasts", LASTS.toString())
                .getResultList();
        return rows.stream()
                .findFirst()
                .map(row -> new SyncLease(
                        id,
                        (String) row[0],
                        ((Number) row[1]).longValue(),
                        ((Number) row[2]).longValue(),
                        ((Number) row[3]).intValue(),
                        List.of((String[]) row[4])));
    }

    /** Whether a fetch has covered the mark. */
    @Transactional
    public boolean isSynced(String subscription, long mark) {
        return database.createNativeQuery("""
                                select count(*) from sync_queue
                                where subscription_id = :subscription and synced_version >= :mark
                                """, Long.class)
                        .setParameter("subscription", subscription)
                        .setParameter("mark", mark)
                        .getSingleResult()
                == 1;
    }

    /** Whether something is known to be fetched still. */
    @Transactional
    boolean isPending(String subscription) {
        return database.createNativeQuery("""
                                select count(*) from sync_queue
                                where subscription_id = :subscription and requested_version > synced_version
                                """, Long.class)
                        .setParameter("subscription", subscription)
                        .getSingleResult()
                == 1;
    }

    /** A fetch that covered the lease's mark has been recorded; gives the lease back. */
    @Transactional
    public void complete(SyncLease lease) {
        database.createNativeMutationQuery("""
                        update sync_queue set
                          synced_version = greatest(synced_version, :mark), due_at = clock_timestamp(),
                          attempt_count = 0, last_error = null,
                          lease_id = case when lease_id = :lease then null else lease_id end,
                          leased_until = case when lease_id = :lease then null else leased_until end
                        where subscription_id = :subscription
                        """)
                .setParameter("mark", lease.requestedVersion)
                .setParameter("lease", lease.id)
                .setParameter("subscription", lease.subscription)
                .executeUpdate();
    }

    /** Gives the lease back for somebody to try again after a pause. */
    @Transactional
    public void retryLater(SyncLease lease, Duration pause, String failure) {
        database.createNativeMutationQuery("""
                        update sync_queue set
                          lease_id = null, leased_until = null, attempt_count = attempt_count + 1, last_error = :failure,
                          due_at = clock_timestamp() + cast(:pause as interval)
                        where subscription_id = :subscription and lease_id = :lease
                        """)
                .setParameter("failure", failure)
                .setParameter("pause", pause.toString())
                .setParameter("subscription", lease.subscription)
                .setParameter("lease", lease.id)
                .executeUpdate();
    }

    /** The place of the next fetch in the order of all: drawn before asking. */
    @Transactional
    public long nextSyncNumber() {
        return database.createNativeQuery("select nextval('sync_number_seq')", Long.class)
                .getSingleResult();
    }

    /** Whether anything is due or being fetched. */
    @Transactional
    boolean hasWork() {
        return database.createNativeQuery("""
                        select exists (select from sync_queue where requested_version > synced_version
                          and (due_at <= clock_timestamp() or leased_until > clock_timestamp()))
                        """, Boolean.class).getSingleResult();
    }
}
