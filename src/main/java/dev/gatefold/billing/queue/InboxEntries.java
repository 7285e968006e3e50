package dev.gatefold.billing.queue;

import dev.gatefold.billing.queue.InboxResource.InboxEntry;
import dev.gatefold.billing.queue.InboxResource.ReplayFilter;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

/** The inbox, as operators look at it. */
@Singleton
class InboxEntries {
    private static final String PAGE = """
            select event_id, event_type, created_at, received_at, delivery_count, attempt_count, subscription_id, outcome,
                   outcome_detail, handled_at
            from inbox_event
            where (cast(:outcome as text) is null or outcome = :outcome)
              and (cast(:after as text) is null
                   or (received_at, event_id) < (select e.received_at, e.event_id from inbox_event e where e.event_id = :after))
            order by received_at desc, event_id desc
            limit :most
            """;

    private static final String REPLAY = """
            update inbox_event set
              outcome = null, outcome_detail = null, handled_at = null, attempt_count = 0, due_at = clock_timestamp()
            where outcome is not null and %s
            """;

    private static final String ONE = REPLAY.formatted("event_id = :event");
    private static final String SOME = REPLAY.formatted("""
            (cast(:outcome as text) is null or outcome = :outcome)
            and (cast(:from as timestamptz) is null or received_at >= :from)
            and (cast(:until as timestamptz) is null or received_at < :until)
            """);

    private final Session database;

    InboxEntries(Session database) {
        this.database = database;
    }

    /** The newest first, older than {@code after}. */
    @Transactional
    List<InboxEntry> page(InboxOutcome outcome, String after, int most) {
        return database
                .createNativeQuery(PAGE, Object[].class)
                .setParameter("outcome", outcome == null ? null : outcome.name())
                .setParameter("after", after)
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(InboxEntries::entry)
                .toList();
    }

    private static InboxEntry entry(Object[] row) {
        return new InboxEntry(
                (String) row[0],
                (String) row[1],
                (Instant) row[2],
                (Instant) row[3],
                ((Number) row[4]).intValue(),
                ((Number) row[5]).intValue(),
                (String) row[6],
                row[7] == null ? null : InboxOutcome.valueOf((String) row[7]),
                (String) row[8],
                (Instant) row[9]);
    }

    @Transactional
    int replay(String event) {
        return database.createNativeMutationQuery(ONE)
                .setParameter("event", event)
                .executeUpdate();
    }

    @Transactional
    int replay(ReplayFilter range) {
        return database.createNativeMutationQuery(SOME)
                .setParameter(
                        "outcome",
                        range.outcome() == null ? null : range.outcome().name())
                .setParameter("from", range.from())
                .setParameter("until", range.until())
                .executeUpdate();
    }
}
