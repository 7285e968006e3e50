package dev.gatefold.subscriptions.model;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The mirror of the subscriptions. */
@ApplicationScoped
public class Subscriptions implements PanacheRepositoryBase<Subscription, String> {
    private static final List<SubscriptionStatus> LIVE = Arrays.stream(SubscriptionStatus.values())
            .filter(SubscriptionStatus::isLive)
            .toList();

    /** The one that goes on. */
    public Optional<Subscription> liveOf(UUID account) {
        return allLiveOf(account).stream().findFirst();
    }

    /** More than one only where that should not be; the additional ones last. */
    public List<Subscription> allLiveOf(UUID account) {
        return list("accountId = ?1 and status in ?2 order by additional, startedAt", account, LIVE);
    }

    /** The one that goes on, or else the last that did. */
    public Optional<Subscription> latestOf(UUID account) {
        return liveOf(account)
                .or(() ->
                        find("accountId = ?1 order by startedAt desc", account).firstResultOptional());
    }

    public List<Subscription> ofAccount(UUID account) {
        return list("accountId", account);
    }

    /** Those that go on, as far as we know. */
    public List<String> liveIds() {
        return getEntityManager()
                .createQuery("select id from Subscription where status in :live", String.class)
                .setParameter("live", LIVE)
                .getResultList();
    }

    /** Has whoever records something else of this account wait: of two that are new, one comes first. */
    public void lockAccount(UUID account) {
        getEntityManager()
                .createNativeQuery("select 1 from account where id = :id for no key update")
                .setParameter("id", account)
                .getSingleResult();
    }

    public boolean exists(String id) {
        return count("id", id) > 0;
    }

    /** Makes the row if there is none, of which nothing is known yet: so that there is something to lock. */
    public void insertIfAbsent(String id, UUID account, Instant startedAt) {
        getEntityManager()
                .createNativeQuery("""
                        insert into subscription (id, account_id, status, started_at, fetch_number)
                        values (:id, :account, 'INCOMPLETE', :startedAt, 0)
                        on conflict (id) do nothing
                        """)
                .setParameter("id", id)
                .setParameter("account", account)
                .setParameter("startedAt", startedAt)
                .executeUpdate();
    }

    public Optional<Subscription> findLocked(String id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }

    public boolean hasAnotherLive(UUID account, String id) {
        return count("accountId = ?1 and id <> ?2 and status in ?3 and not additional", account, id, LIVE) > 0;
    }
}
