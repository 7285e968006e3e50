package dev.gatefold.billing.customer;

import dev.gatefold.billing.queue.Inbox;
import dev.gatefold.subscriptions.model.ProviderName;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Repository of customers: which customer of a billing provider belongs to which account. An account has one customer
 * per provider for its purchases, and rarely additional ones. Customers are never matched by email address.
 */
@Singleton
public class BillingCustomers {
    private final Session database;
    private final Inbox inbox;

    BillingCustomers(Session database, Inbox inbox) {
        this.database = database;
        this.inbox = inbox;
    }

    /** Returns the id of the account's live customer for purchases. */
    @Transactional
    public Optional<String> currentOf(ProviderName provider, UUID account) {
        return liveOf(provider, account).stream().findFirst();
    }

    /** Returns the ids of the account's live customers, additional ones last. */
    @Transactional
    public List<String> liveOf(ProviderName provider, UUID account) {
        return database.createNativeQuery("""
                        select id from customer
                        where provider = :provider and account_id = :account and deleted_at is null
                        order by additional, id
                        """, String.class)
                .setParameter("provider", provider.name())
                .setParameter("account", account)
                .getResultList();
    }

    /** Returns true if the account has a live customer at any provider. */
    @Transactional
    public boolean existsFor(UUID account) {
        return database.createNativeQuery(
                        "select exists (select from customer where account_id = :account and deleted_at is null)",
                        Boolean.class)
                .setParameter("account", account)
                .getSingleResult();
    }

    /** Returns the account of a customer, live or deleted. */
    @Transactional
    public Optional<UUID> accountOf(ProviderName provider, String customer) {
        return database.createNativeQuery(
                        "select account_id from customer where provider = :provider and id = :id", UUID.class)
                .setParameter("provider", provider.name())
                .setParameter("id", customer)
                .getResultStream()
                .findFirst();
    }

    /** Returns how many deleted customers the account has. The number is part of the next customer's idempotency key. */
    @Transactional
    public long countDeleted(ProviderName provider, UUID account) {
        return database.createNativeQuery("""
                        select count(*) from customer
                        where provider = :provider and account_id = :account and deleted_at is not null
                        """, Long.class)
                .setParameter("provider", provider.name())
                .setParameter("account", account)
                .getSingleResult();
    }

    /**
     * Stores the account of a customer, and handles earlier events of a customer that was unknown until now. The customer is
     * an additional one if the account has another live customer.
     */
    @Transactional
    public void link(ProviderName provider, String customer, UUID account) {
        if (insert(provider, customer, account, false) || insert(provider, customer, account, true)) {
            inbox.reopenUnmatched();
        }
    }

    private boolean insert(ProviderName provider, String customer, UUID account, boolean additional) {
        return database.createNativeMutationQuery("""
                        insert into customer (provider, id, account_id, additional)
                        values (:provider, :id, :account, :additional)
                        on conflict do nothing
                        """)
                        .setParameter("provider", provider.name())
                        .setParameter("id", customer)
                        .setParameter("account", account)
                        .setParameter("additional", additional)
                        .executeUpdate()
                == 1;
    }

    /** Marks a customer as deleted at the provider. Has no effect on a customer that is marked already. */
    @Transactional
    public void markDeleted(ProviderName provider, String customer, Instant at) {
        database.createNativeMutationQuery("""
                        update customer set deleted_at = coalesce(deleted_at, :at)
                        where provider = :provider and id = :id
                        """)
                .setParameter("provider", provider.name())
                .setParameter("id", customer)
                .setParameter("at", at)
                .executeUpdate();
    }
}
