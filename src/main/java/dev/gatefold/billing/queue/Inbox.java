package dev.gatefold.billing.queue;

import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;

/** The stored events of billing providers, each stored once, and their outcomes. */
@Singleton
public class Inbox {
    private static final String STORE = """
            insert into inbox_event (provider, event_id, event_type, created_at, livemode, api_version, object_type, object_id,
                                     customer_id, subscription_id, charge_id, payload, traceparent, outcome,
                                     outcome_detail, handled_at)
            values (:provider, :event, :type, cast(:created as timestamptz), cast(:livemode as boolean), :apiVersion,
                    :object, :objectId, :customer, :subscription, :charge,
                    case when (select deleted_at is not null from customer
                               where provider = :provider and id = :customer for share)
                         then cast('' as bytea) else :payload end,
                    :traceparent, :outcome, :detail,
                    case when cast(:outcome as text) is not null then clock_timestamp() end)
            on conflict (provider, event_id) do nothing
            """;

    /** Clears the outcome of the events that satisfy a condition, and queues them for routing. */
    private static final String REOPEN =
            """
            with reopened as (
              update inbox_event e set outcome = null, outcome_detail = null, handled_at = null
              where e.outcome is not null and %s
              returning e.provider, e.event_id
            )
            """ + WorkQueue.requestAll("select 'EVENT', provider, event_id, 1 from reopened");

    private static final String REOPEN_FAILED =
            reopen("e.provider = :provider and e.event_id = :event and e.outcome = 'FAILED'");

    private static final String REOPEN_UNMATCHED = reopen("e.outcome = 'UNMATCHED' and exists (select from customer c "
            + "where c.provider = e.provider and c.id = e.customer_id)");

    private static final String DELETE_HANDLED = """
            with deleted as (
              delete from inbox_event where handled_at < clock_timestamp() - cast(:retention as interval)
              returning provider, event_id
            )
            delete from billing_work w using deleted d
            where w.kind = 'EVENT' and w.provider = d.provider and w.item_id = d.event_id
            """;

    private final Session database;
    private final WorkQueue queue;
    private final EventDependencies dependencies;

    Inbox(Session database, WorkQueue queue, EventDependencies dependencies) {
        this.database = database;
        this.queue = queue;
        this.dependencies = dependencies;
    }

    static String reopen(String condition) {
        return REOPEN.formatted(condition);
    }

    /**
     * Stores an event and queues the work that it causes. The payload is not stored if the event's customer has been
     * deleted; the lock on the customer makes a concurrent deletion wait, so that the erasure finds the payload. A repeated
     * delivery is counted; if handling the event had failed, it is handled again.
     *
     * @param payload the body exactly as it was received
     * @return true if the event is new
     */
    @Transactional
    public boolean receive(NewInboxEvent event, byte[] payload) {
        if (!store(event, payload)) {
            countRedelivery(event);
            return false;
        }
        if (event.ignoredBecause().isPresent()) {
            return true;
        }
        if (event.subscription() != null && event.charge() == null) {
            dependencies.await(event.provider(), event.id(), event.subscription());
        } else {
            queue.request(WorkItem.event(event.provider(), event.id()));
        }
        return true;
    }

    private boolean store(NewInboxEvent event, byte[] payload) {
        return database.createNativeMutationQuery(STORE)
                        .setParameter("provider", event.provider().name())
                        .setParameter("event", event.id())
                        .setParameter("type", event.type())
                        .setParameter("created", event.createdAt())
                        .setParameter("livemode", event.livemode())
                        .setParameter("apiVersion", event.apiVersion())
                        .setParameter("object", event.objectType())
                        .setParameter("objectId", event.objectId())
                        .setParameter("customer", event.customer())
                        .setParameter("subscription", event.subscription())
                        .setParameter("charge", event.charge())
                        .setParameter("payload", payload)
                        .setParameter("traceparent", BillingSpans.currentTraceparent())
                        .setParameter(
                                "outcome",
                                event.ignoredBecause()
                                        .map(_ -> InboxOutcome.IGNORED.name())
                                        .orElse(null))
                        .setParameter("detail", event.ignoredBecause().orElse(null))
                        .executeUpdate()
                == 1;
    }

    private void countRedelivery(NewInboxEvent event) {
        database.createNativeMutationQuery("""
                        update inbox_event set delivery_count = delivery_count + 1
                        where provider = :provider and event_id = :event
                        """)
                .setParameter("provider", event.provider().name())
                .setParameter("event", event.id())
                .executeUpdate();
        database.createNativeMutationQuery(REOPEN_FAILED)
                .setParameter("provider", event.provider().name())
                .setParameter("event", event.id())
                .executeUpdate();
    }

    /** Returns an event that has no outcome yet. */
    @Transactional
    Optional<InboxEvent> findPending(WorkItem item) {
        return database
                .createNativeQuery("""
                        select provider, event_id, event_type, object_type, object_id, customer_id, subscription_id, charge_id
                        from inbox_event
                        where provider = :provider and event_id = :event and outcome is null
                        """, Tuple.class)
                .setParameter("provider", item.provider().name())
                .setParameter("event", item.id())
                .getResultList()
                .stream()
                .findFirst()
                .map(InboxEvent::of);
    }

    /** Sets the outcome of an event that has none yet. */
    @Transactional
    void conclude(WorkItem item, InboxOutcome outcome, String detail) {
        database.createNativeMutationQuery("""
                        update inbox_event set outcome = :outcome, outcome_detail = :detail, handled_at = clock_timestamp()
                        where provider = :provider and event_id = :event and outcome is null
                        """)
                .setParameter("provider", item.provider().name())
                .setParameter("event", item.id())
                .setParameter("outcome", outcome.name())
                .setParameter("detail", detail)
                .executeUpdate();
    }

    /** Returns when the oldest event without an outcome was received, or empty if all events are handled. */
    @Transactional
    Optional<Instant> oldestPendingSince() {
        return Optional.ofNullable(database.createNativeQuery(
                        "select min(received_at) from inbox_event where outcome is null", Instant.class)
                .getSingleResult());
    }

    /** Handles the {@code UNMATCHED} events again whose customer is known by now. */
    @Transactional
    public void reopenUnmatched() {
        database.createNativeMutationQuery(REOPEN_UNMATCHED).executeUpdate();
    }

    /** Deletes the events that were handled longer ago than the retention time. */
    @Transactional
    void deleteHandled(Duration retention) {
        database.createNativeMutationQuery(DELETE_HANDLED)
                .setParameter("retention", retention.toString())
                .executeUpdate();
    }
}
