package dev.gatefold.billing.queue;

import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;

/** Lists and replays events for operators. */
@Singleton
class InboxEntries {
    private static final String PAGE = """
            select e.event_id, e.event_type, e.created_at, e.received_at, e.delivery_count,
                   coalesce(w.attempt_count, 0) as attempt_count, e.subscription_id, e.outcome,
                   coalesce(e.outcome_detail, w.last_error) as detail, e.handled_at
            from inbox_event e
            left join billing_work w on w.kind = 'EVENT' and w.provider = e.provider and w.item_id = e.event_id
            where (cast(:outcome as text) is null or e.outcome = :outcome)
              and (cast(:after as text) is null
                   or (e.received_at, e.event_id) < (select a.received_at, a.event_id from inbox_event a
                                                     where a.event_id = :after limit 1))
            order by e.received_at desc, e.event_id desc
            limit :limit
            """;

    private static final String REPLAY_ONE = Inbox.reopen("e.event_id = :event");
    private static final String REPLAY_ALL = Inbox.reopen("""
            (cast(:outcome as text) is null or e.outcome = :outcome)
            and (cast(:from as timestamptz) is null or e.received_at >= :from)
            and (cast(:until as timestamptz) is null or e.received_at < :until)
            """);

    private final Session database;

    InboxEntries(Session database) {
        this.database = database;
    }

    /**
     * Returns events, newest first.
     *
     * @param outcome null for events with any outcome or none
     * @param after id of the event that precedes the page; null for the first page
     */
    @Transactional
    List<InboxEntry> page(InboxOutcome outcome, String after, int limit) {
        return database
                .createNativeQuery(PAGE, Tuple.class)
                .setParameter("outcome", outcome == null ? null : outcome.name())
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getResultList()
                .stream()
                .map(InboxEntry::of)
                .toList();
    }

    /** Queues a handled event again and returns how many events were queued: 0 or 1. */
    @Transactional
    int replay(String event) {
        return database.createNativeMutationQuery(REPLAY_ONE)
                .setParameter("event", event)
                .executeUpdate();
    }

    /** Queues the handled events again that match a filter and returns their number. */
    @Transactional
    int replay(ReplayFilter filter) {
        return database.createNativeMutationQuery(REPLAY_ALL)
                .setParameter(
                        "outcome",
                        filter.outcome() == null ? null : filter.outcome().name())
                .setParameter("from", filter.from())
                .setParameter("until", filter.until())
                .executeUpdate();
    }
}
