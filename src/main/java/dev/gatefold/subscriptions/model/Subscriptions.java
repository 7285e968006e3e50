package dev.gatefold.subscriptions.model;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Repository of the recorded subscriptions. The methods require a transaction. */
@ApplicationScoped
public class Subscriptions implements PanacheRepositoryBase<Subscription, SubscriptionKey> {
    private static final List<SubscriptionStatus> LIVE = Arrays.stream(SubscriptionStatus.values())
            .filter(SubscriptionStatus::isLive)
            .toList();

    /** Returns the live subscription of an account; if there are several, the one that came first. */
    public Optional<Subscription> liveOf(UUID account) {
        return allLiveOf(account).stream().findFirst();
    }

    /** Returns all live subscriptions of an account, additional ones last. More than one is an exception. */
    public List<Subscription> allLiveOf(UUID account) {
        return list("accountId = ?1 and status in ?2 order by additional, startedAt", account, LIVE);
    }

    /** Returns all subscriptions of an account: live ones first and additional ones last, then by start, newest first. */
    public List<Subscription> ofAccountLiveFirst(UUID account) {
        return list(
                "accountId = ?1 order by case when status in ?2 then 0 else 1 end, additional, startedAt desc",
                account,
                LIVE);
    }

    /** Returns all subscriptions of an account, in no particular order. */
    public List<Subscription> ofAccount(UUID account) {
        return list("accountId", account);
    }

    /** Returns all subscriptions of an account at one billing provider. */
    public List<Subscription> ofAccount(ProviderName provider, UUID account) {
        return list("provider = ?1 and accountId = ?2", provider, account);
    }

    /** Returns the live subscriptions of an account at one billing provider. */
    public List<Subscription> liveOf(ProviderName provider, UUID account) {
        return list("provider = ?1 and accountId = ?2 and status in ?3", provider, account, LIVE);
    }

    /** Returns the ids of all live subscriptions at one billing provider. */
    public List<String> liveIds(ProviderName provider) {
        return getEntityManager()
                .createQuery("select id from Subscription where provider = :provider and status in :live", String.class)
                .setParameter("provider", provider)
                .setParameter("live", LIVE)
                .getResultList();
    }

    /** Returns how many accounts have more than one live subscription. */
    public long countAccountsWithSeveralLive() {
        return getEntityManager()
                .createQuery("""
                        select count(distinct s.accountId) from Subscription s
                        where s.additional and s.status in :live
                          and exists (select 1 from Subscription o
                                      where o.accountId = s.accountId and o.id <> s.id and o.status in :live)
                        """, Long.class)
                .setParameter("live", LIVE)
                .getSingleResult();
    }

    /** Returns true if the subscription has been recorded. */
    public boolean exists(SubscriptionKey key) {
        return count("provider = ?1 and id = ?2", key.provider(), key.id()) > 0;
    }

    /** Inserts a row with sync number 0 if there is none, so that {@link #findLocked} has a row to lock. */
    public void insertIfAbsent(SubscriptionKey key, UUID account, Instant startedAt) {
        getEntityManager()
                .createNativeQuery("""
                        insert into subscription (provider, id, account_id, status, started_at, sync_number)
                        values (:provider, :id, :account, 'INCOMPLETE', :startedAt, 0)
                        on conflict (provider, id) do nothing
                        """)
                .setParameter("provider", key.provider().name())
                .setParameter("id", key.id())
                .setParameter("account", account)
                .setParameter("startedAt", startedAt)
                .executeUpdate();
    }

    /** Returns the subscription and locks its row until the transaction ends. */
    public Optional<Subscription> findLocked(SubscriptionKey key) {
        return findByIdOptional(key, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Returns true if the account has a live subscription other than this one that is not itself additional. */
    public boolean hasAnotherLive(UUID account, SubscriptionKey key) {
        return count(
                        "accountId = ?1 and not (provider = ?2 and id = ?3) and status in ?4 and not additional",
                        account,
                        key.provider(),
                        key.id(),
                        LIVE)
                > 0;
    }
}
