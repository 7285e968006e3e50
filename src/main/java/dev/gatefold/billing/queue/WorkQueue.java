package dev.gatefold.billing.queue;

import dev.gatefold.subscriptions.model.ProviderName;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.CommonQueryContract;
import org.hibernate.query.NativeQuery;

/**
 * The durable queue of billing work, shared by all replicas. Each request for an item increments its requested version.
 * Completing a lease covers all versions up to that of the lease, so a burst of requests costs one or two executions. A
 * lease excludes other workers; if its owner dies, the item becomes available when the lease expires.
 */
@Singleton
public class WorkQueue {
    private static final Duration LEASE_DURATION = Duration.ofSeconds(60);

    /** The parameter is a query or a values clause with the columns kind, provider, item_id and requested_version. */
    private static final String REQUEST = """
            insert into billing_work as w (kind, provider, item_id, requested_version) %s
            on conflict (kind, provider, item_id) do update set
              requested_version = w.requested_version + 1,
              due_at = case when w.requested_version > w.done_version then w.due_at else clock_timestamp() end,
              attempt_count = case when w.requested_version > w.done_version then w.attempt_count else 0 end
            """;

    private static final String REQUEST_ONE =
            requestAll("values (:kind, :provider, :item, 1)") + " returning requested_version";

    private static final String LEASE = """
            update billing_work as w set
              lease_id = :lease, leased_until = clock_timestamp() + cast(:duration as interval),
              attempt_count = attempt_count + 1
            where (kind, provider, item_id) = (
              select kind, provider, item_id from billing_work
              where requested_version > done_version
                and (leased_until is null or leased_until <= clock_timestamp()) and %s
              order by due_at for update skip locked limit 1)
            returning kind, provider, item_id, requested_version, attempt_count,
              nextval('sync_number_seq') as sync_number,
              array(
                select e.traceparent from (
                  select d.event_id from event_dependency d
                  where w.kind = 'SUBSCRIPTION' and d.provider = w.provider and d.subscription_id = w.item_id
                  union all
                  select w.item_id where w.kind = 'EVENT'
                ) waiting join inbox_event e on e.provider = w.provider and e.event_id = waiting.event_id
                where e.traceparent is not null
                order by e.received_at) as traceparents
            """;

    private static final String ITEM = "kind = :kind and provider = :provider and item_id = :item";
    private static final String LEASE_NEXT = LEASE.formatted("due_at <= clock_timestamp()");
    private static final String LEASE_ONE = LEASE.formatted(ITEM);

    private static final String COMPLETE = """
            update billing_work set
              done_version = greatest(done_version, :version), due_at = clock_timestamp(), last_error = null,
              attempt_count = case when requested_version > :version then 0 else attempt_count end,
              lease_id = case when lease_id = :lease then null else lease_id end,
              leased_until = case when lease_id = :lease then null else leased_until end
            where\s""" + ITEM;

    private static final String RETRY_LATER = """
            update billing_work set
              lease_id = null, leased_until = null, last_error = :error,
              due_at = clock_timestamp() + cast(:delay as interval)
            where lease_id = :lease and\s""" + ITEM;

    private final Session database;

    WorkQueue(Session database) {
        this.database = database;
    }

    /** Returns a statement that requests all items of a query with the columns kind, provider, item_id and version 1. */
    static String requestAll(String items) {
        return REQUEST.formatted(items);
    }

    /** Requests work on an item and returns its requested version. */
    @Transactional
    public long request(WorkItem item) {
        return bind(database.createNativeQuery(REQUEST_ONE, Long.class), item).getSingleResult();
    }

    /** Leases the item that has been due longest, or returns empty if none is due. */
    @Transactional
    Optional<WorkLease> leaseNext() {
        return lease(database.createNativeQuery(LEASE_NEXT, Tuple.class));
    }

    /** Leases an item whether it is due or not. Returns empty if it is leased already or has no open request. */
    @Transactional
    public Optional<WorkLease> lease(WorkItem item) {
        return lease(bind(database.createNativeQuery(LEASE_ONE, Tuple.class), item));
    }

    private static Optional<WorkLease> lease(NativeQuery<Tuple> statement) {
        UUID id = UUID.randomUUID();
        return statement
                .setParameter("lease", id)
                .setParameter("duration", LEASE_DURATION.toString())
                .getResultList()
                .stream()
                .findFirst()
                .map(row -> WorkLease.of(
                        id,
                        new WorkItem(
                                WorkKind.valueOf(row.get("kind", String.class)),
                                ProviderName.valueOf(row.get("provider", String.class)),
                                row.get("item_id", String.class)),
                        row));
    }

    /** Returns true if a completed lease has covered this requested version of the item. */
    @Transactional
    public boolean isDone(WorkItem item, long version) {
        return exists("done_version >= " + version, item);
    }

    /** Returns true if the item has an open request. */
    @Transactional
    boolean isPending(WorkItem item) {
        return exists("requested_version > done_version", item);
    }

    private boolean exists(String condition, WorkItem item) {
        String sql = "select exists (select from billing_work where " + condition + " and " + ITEM + ")";
        return bind(database.createNativeQuery(sql, Boolean.class), item).getSingleResult();
    }

    /** Marks the versions up to that of the lease as done and returns the lease. An expired lease may be completed too. */
    @Transactional
    public void complete(WorkLease lease) {
        bind(database.createNativeMutationQuery(COMPLETE), lease.item())
                .setParameter("version", lease.version())
                .setParameter("lease", lease.id())
                .executeUpdate();
    }

    /** Returns the lease and makes the item due again after a delay. Does nothing if the lease was taken over. */
    @Transactional
    public void retryLater(WorkLease lease, Duration delay, String error) {
        bind(database.createNativeMutationQuery(RETRY_LATER), lease.item())
                .setParameter("error", error)
                .setParameter("delay", delay.toString())
                .setParameter("lease", lease.id())
                .executeUpdate();
    }

    /** Draws the number of the next sync. Draw it before the fetch, so that a higher number means newer data. */
    @Transactional
    public long nextSyncNumber() {
        return database.createNativeQuery("select nextval('sync_number_seq')", Long.class)
                .getSingleResult();
    }

    /** Returns true if an item is due or leased. */
    @Transactional
    boolean hasWork() {
        return database.createNativeQuery("""
                        select exists (select from billing_work where requested_version > done_version
                          and (due_at <= clock_timestamp() or leased_until > clock_timestamp()))
                        """, Boolean.class).getSingleResult();
    }

    private static <Q extends CommonQueryContract> Q bind(Q query, WorkItem item) {
        query.setParameter("kind", item.kind().name());
        query.setParameter("provider", item.provider().name());
        query.setParameter("item", item.id());
        return query;
    }
}
