package dev.gatefold.subscriptions.model;

import dev.gatefold.subscriptions.SubscriptionKey;
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
public class Subscriptions implements PanacheRepositoryBase<Subscription, SubscriptionKey> {
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

    /** Returns all subscriptions of an account at one billing provider. */
    public List<Subscription> ofAccount(String provider, UUID account) {
        return list("provider = ?1 and accountId = ?2", provider, account);
    }

    /** Returns the live subscriptions of an account at one billing provider. */
    public List<Subscription> liveOf(String provider, UUID account) {
        return list("provider = ?1 and accountId = ?2 and status in ?3", provider, account, LIVE);
    }

    /** Returns the ids of all live subscriptions at one billing provider. */
    public List<String> liveIds(String provider) {
        return getEntityManager()
                .createQuery("select id from Subscription where provider = :provider and status in :live", String.class)
                .setParameter("provider", provider)
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

    public boolean exists(SubscriptionKey key) {
        return count("provider = ?1 and id = ?2", key.provider(), key.id()) > 0;
    }

    /** Makes the row if there is none, of which nothing is known yet: so that there is something to lock. */
    public void insertIfAbsent(SubscriptionKey key, UUID account, Instant startedAt) {
        getEntityManager()
                .createNativeQuery("""
                        insert into subscription (provider, id, account_id, status, started_at, sync_number)
                        values (:provider, :id, :account, 'INCOMPLETE', :startedAt, 0)
                        on conflict (provider, id) do nothing
                        """)
                .setParameter("provider", key.provider())
                .setParameter("id", key.id())
                .setParameter("account", account)
                .setParameter("startedAt", startedAt)
                .executeUpdate();
    }

    public Optional<Subscription> findLocked(SubscriptionKey key) {
        return findByIdOptional(key, LockModeType.PESSIMISTIC_WRITE);
    }

    public boolean hasAnotherLive(UUID account, SubscriptionKey key) {
        return count(
                        "accountId = ?1 and (provider, id) <> (?2, ?3) and status in ?4 and not additional",
                        account,
                        key.provider(),
                        key.id(),
                        LIVE)
                > 0;
    }
}
