package dev.gatefold.billing.queue;

import dev.gatefold.subscriptions.model.ProviderName;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import org.hibernate.Session;

/** Which events wait for which syncs. An event is handled when it waits for no sync any more. */
@Singleton
public class EventDependencies {
    private static final String AWAIT =
            """
            with request as (%s returning requested_version)
            insert into event_dependency (provider, event_id, subscription_id, required_version)
            select :provider, :event, :subscription, requested_version from request
            on conflict (provider, event_id, subscription_id) do update set required_version = excluded.required_version
            """.formatted(WorkQueue.requestAll("values ('SUBSCRIPTION', :provider, :subscription, 1)"));

    private static final String CONCLUDE = """
            with done as (
              delete from event_dependency
              where provider = :provider and subscription_id = :subscription and required_version <= :version
              returning event_id
            ), finished as (
              select e.event_id, row_number() over (order by e.received_at, e.event_id) as position
              from inbox_event e
              where e.provider = :provider and e.event_id in (select event_id from done) and e.outcome is null
                and not exists (select from event_dependency d where d.provider = :provider and d.event_id = e.event_id
                                and (d.subscription_id <> :subscription or d.required_version > :version))
            )
            update inbox_event e set
              outcome = case when f.position = 1 or :outcome not in ('APPLIED') then :outcome else 'DUPLICATE' end,
              outcome_detail = case when f.position = 1 or :outcome not in ('APPLIED') then :detail
                                    else 'Covered by the sync of another event' end,
              handled_at = clock_timestamp(), customer_id = coalesce(e.customer_id, :customer)
            from finished f where e.provider = :provider and e.event_id = f.event_id
            """;

    private final Session database;

    EventDependencies(Session database) {
        this.database = database;
    }

    /** Requests a sync of a subscription and makes the event wait for it. */
    @Transactional
    public void await(ProviderName provider, String event, String subscription) {
        database.createNativeMutationQuery(AWAIT)
                .setParameter("provider", provider.name())
                .setParameter("event", event)
                .setParameter("subscription", subscription)
                .executeUpdate();
    }

    /**
     * Sets the outcome of the events that waited for this sync only. If the outcome is {@code APPLIED}, the oldest event
     * gets it and the others get {@code DUPLICATE}.
     *
     * @param sync lease of a subscription
     */
    @Transactional
    public void conclude(WorkLease sync, SyncResult result) {
        database.createNativeMutationQuery(CONCLUDE)
                .setParameter("provider", sync.item().provider().name())
                .setParameter("subscription", sync.item().id())
                .setParameter("version", sync.version())
                .setParameter("outcome", result.outcome().name())
                .setParameter("detail", result.detail())
                .setParameter("customer", result.customer())
                .executeUpdate();
    }
}
