package dev.gatefold.billing.queue;

import dev.gatefold.billing.stripe.StripeBilling;
import dev.gatefold.billing.stripe.StripeEventRef;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * The events that were accepted, each once, and what came of them. An event is first traced to the subscriptions that it
 * is about; then it waits until each of them has been fetched.
 */
@Singleton
public class Inbox {
    /**
     * An event whose turn it is.
     *
     * @param traceparent of its delivery; null where nobody followed it
     */
    public record LeasedEvent(
            String event,
            String type,
            String customer,
            String subscription,
            String charge,
            int attempts,
            String traceparent) {}

    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final String RECEIVE = """
            insert into inbox_event (event_id, event_type, created_at, livemode, api_version, object_type, object_id,
                                     customer_id, subscription_id, charge_id, payload, traceparent, outcome,
                                     outcome_detail, handled_at)
            values (:event, :type, cast(:created as timestamptz), cast(:livemode as boolean), :apiVersion, :object,
                    :objectId, :customer, :subscription, :charge,
                    case when exists (select from customer
                                      where provider = :provider and id = :customer and deleted_at is not null)
                         then cast('' as bytea) else :body end,
                    :trace, :outcome, :why,
                    case when cast(:outcome as text) is not null then clock_timestamp() end)
            on conflict (event_id) do nothing
            """;

    private static final String AGAIN = """
            update inbox_event set delivery_count = delivery_count + 1,
              outcome = nullif(outcome, 'FAILED'),
              attempt_count = case when outcome = 'FAILED' then 0 else attempt_count end,
              outcome_detail = case when outcome = 'FAILED' then null else outcome_detail end,
              handled_at = case when outcome = 'FAILED' then null else handled_at end,
              due_at = case when outcome = 'FAILED' then clock_timestamp() else due_at end
            where event_id = :event
            """;

    private static final String NEXT = """
            update inbox_event set due_at = clock_timestamp() + cast(:lease as interval), attempt_count = attempt_count + 1
            where event_id = (
              select event_id from inbox_event e
              where outcome is null and due_at <= clock_timestamp()
                and not exists (select from event_dependency d where d.event_id = e.event_id)
              order by due_at for update skip locked limit 1)
            returning event_id, event_type, customer_id, subscription_id, charge_id, attempt_count, traceparent
            """;

    private static final String AWAIT = """
            with request as (%s)
            insert into event_dependency (event_id, subscription_id, required_version)
            select :event, :subscription, requested_version from request
            on conflict (event_id, subscription_id) do update set required_version = excluded.required_version
            """.formatted(SyncQueue.REQUEST);

    private static final String CONCLUDE_WAITING = """
            with done as (
              delete from event_dependency
              where subscription_id = :subscription and required_version <= :mark
              returning event_id
            ), finished as (
              select e.event_id, row_number() over (order by e.received_at, e.event_id) as position
              from inbox_event e
              where e.event_id in (select event_id from done) and e.outcome is null
                and not exists (select from event_dependency d where d.event_id = e.event_id
                                and (d.subscription_id <> :subscription or d.required_version > :mark))
            )
            update inbox_event e set
              outcome = case when f.position = 1 or :outcome not in ('APPLIED') then :outcome else 'DUPLICATE' end,
              outcome_detail = case when f.position = 1 or :outcome not in ('APPLIED') then :why
                                    else 'It was fetched for another event' end,
              handled_at = clock_timestamp(), customer_id = coalesce(e.customer_id, :customer)
            from finished f where e.event_id = f.event_id
            """;

    private final Session database;

    Inbox(Session database) {
        this.database = database;
    }

    /**
     * Keeps an event, durably; of a customer who has been deleted, without what it says of them. One that failed before and
     * is delivered again is tried again.
     *
     * @param ignored why it is of no use, where that is known already
     * @return whether it is new
     */
    @Transactional
    public boolean store(StripeEventRef doorbell, byte[] body, Optional<String> ignored) {
        boolean isNew = database.createNativeMutationQuery(RECEIVE)
                        .setParameter("event", doorbell.event())
                        .setParameter("type", doorbell.type())
                        .setParameter("created", doorbell.created())
                        .setParameter("livemode", doorbell.livemode())
                        .setParameter("apiVersion", doorbell.apiVersion())
                        .setParameter("object", doorbell.object())
                        .setParameter("objectId", doorbell.objectId())
                        .setParameter("provider", StripeBilling.PROVIDER.name())
                        .setParameter("customer", doorbell.customer())
                        .setParameter("subscription", doorbell.subscription())
                        .setParameter("charge", doorbell.charge())
                        .setParameter("body", body)
                        .setParameter("trace", BillingSpans.currentTraceparent())
                        .setParameter(
                                "outcome",
                                ignored.map(_ -> InboxOutcome.IGNORED.name()).orElse(null))
                        .setParameter("why", ignored.orElse(null))
                        .executeUpdate()
                == 1;
        if (!isNew) {
            database.createNativeMutationQuery(AGAIN)
                    .setParameter("event", doorbell.event())
                    .executeUpdate();
        }
        return isNew;
    }

    /** The event that has been due for longest, leased. */
    @Transactional
    Optional<LeasedEvent> leaseNext() {
        List<Object[]> rows = database.createNativeQuery(NEXT, Object[].class)
                .setParameter("lease", LEASE.toString())
                .getResultList();
        return rows.stream()
                .findFirst()
                .map(row -> new LeasedEvent(
                        (String) row[0],
                        (String) row[1],
                        (String) row[2],
                        (String) row[3],
                        (String) row[4],
                        ((Number) row[5]).intValue(),
                        (String) row[6]));
    }

    /** Notes that the subscription may have changed, and has the event wait for a fetch that begins after that. */
    @Transactional
    public void awaitSync(String event, String subscription) {
        database.createNativeMutationQuery(AWAIT)
                .setParameter("event", event)
                .setParameter("subscription", subscription)
                .executeUpdate();
    }

    @Transactional
    void conclude(String event, InboxOutcome outcome, String why) {
        database.createNativeMutationQuery("""
                        update inbox_event set outcome = :outcome, outcome_detail = :why, handled_at = clock_timestamp()
                        where event_id = :event and outcome is null
                        """)
                .setParameter("event", event)
                .setParameter("outcome", outcome.name())
                .setParameter("why", why)
                .executeUpdate();
    }

    /**
     * Concludes the events that waited for a fetch up to this mark and for nothing else. What one of them has applied is
     * to the others known already.
     *
     * @param customer whose the subscription is, where the event did not say; or null
     */
    @Transactional
    public void concludeWaiting(String subscription, long mark, InboxOutcome outcome, String why, String customer) {
        database.createNativeMutationQuery(CONCLUDE_WAITING)
                .setParameter("subscription", subscription)
                .setParameter("mark", mark)
                .setParameter("outcome", outcome.name())
                .setParameter("why", why)
                .setParameter("customer", customer)
                .executeUpdate();
    }

    @Transactional
    void retryLater(String event, Duration pause, String why) {
        database.createNativeMutationQuery("""
                        update inbox_event set due_at = clock_timestamp() + cast(:pause as interval), outcome_detail = :why
                        where event_id = :event and outcome is null
                        """)
                .setParameter("event", event)
                .setParameter("pause", pause.toString())
                .setParameter("why", why)
                .executeUpdate();
    }

    /** Whether anything is due, or being traced. */
    @Transactional
    boolean hasWork() {
        return database.createNativeQuery("""
                        select exists (select from inbox_event e where outcome is null
                          and not exists (select from event_dependency d where d.event_id = e.event_id)
                          and (due_at <= clock_timestamp() or (attempt_count > 0 and outcome_detail is null)))
                        """, Boolean.class).getSingleResult();
    }

    /** Since when the event that has waited longest has waited; empty where none does. */
    @Transactional
    Optional<Instant> oldestPendingSince() {
        return Optional.ofNullable(database.createNativeQuery(
                        "select min(received_at) from inbox_event where outcome is null", Instant.class)
                .getSingleResult());
    }

    /** Has what was about an unknown customer handled again, where the customer has become known meanwhile. */
    @Transactional
    public void reopenUnmatched() {
        database.createNativeMutationQuery("""
                        update inbox_event set outcome = null, outcome_detail = null, handled_at = null, attempt_count = 0,
                          due_at = clock_timestamp()
                        where outcome = 'UNMATCHED'
                          and customer_id in (select id from customer where provider = :provider)
                        """)
                .setParameter("provider", StripeBilling.PROVIDER.name())
                .executeUpdate();
    }

    @Transactional
    int deleteHandled(Duration kept) {
        return database.createNativeMutationQuery(
                        "delete from inbox_event where handled_at < clock_timestamp() - cast(:kept as interval)")
                .setParameter("kept", kept.toString())
                .executeUpdate();
    }
}
