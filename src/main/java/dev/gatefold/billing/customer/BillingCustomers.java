package dev.gatefold.billing.customer;

import dev.gatefold.billing.queue.Inbox;
import dev.gatefold.billing.stripe.StripeBilling;
import dev.gatefold.subscriptions.model.ProviderName;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Which customer of Stripe's is which account: one at a time, and never found by an e-mail address. */
@Singleton
public class BillingCustomers {
    private static final ProviderName PROVIDER = StripeBilling.PROVIDER;

    private final Session database;
    private final Inbox inbox;

    BillingCustomers(Session database, Inbox inbox) {
        this.database = database;
        this.inbox = inbox;
    }

    @Transactional
    public Optional<String> currentOf(UUID account) {
        return database.createNativeQuery("""
                        select id from customer
                        where provider = :provider and account_id = :account and deleted_at is null
                        """, String.class)
                .setParameter("provider", PROVIDER.name())
                .setParameter("account", account)
                .getResultStream()
                .findFirst();
    }

    /** Whose a customer is, or was. */
    @Transactional
    public Optional<UUID> accountOf(String customer) {
        return database.createNativeQuery(
                        "select account_id from customer where provider = :provider and id = :id", UUID.class)
                .setParameter("provider", PROVIDER.name())
                .setParameter("id", customer)
                .getResultStream()
                .findFirst();
    }

    /** How many customers an account has had: part of the name of the intention to make the next one. */
    @Transactional
    public long countDeleted(UUID account) {
        return database.createNativeQuery("""
                        select count(*) from customer
                        where provider = :provider and account_id = :account and deleted_at is not null
                        """, Long.class)
                .setParameter("provider", PROVIDER.name())
                .setParameter("account", account)
                .getSingleResult();
    }

    /** Notes whose a customer is; what came in about it before is looked at again. */
    @Transactional
    public void link(String customer, UUID account) {
        int added = database.createNativeMutationQuery("""
                        insert into customer (provider, id, account_id) values (:provider, :id, :account)
                        on conflict do nothing
                        """)
                .setParameter("provider", PROVIDER.name())
                .setParameter("id", customer)
                .setParameter("account", account)
                .executeUpdate();
        if (added == 1) {
            inbox.reopenUnmatched();
        }
    }

    /** Whether the account exists and has not been erased: who restores a database may have lost whose a customer is, and Stripe still says. */
    @Transactional
    public boolean isActiveAccount(UUID account) {
        return database.createNativeQuery(
                                "select count(*) from account where id = :id and erased_at is null", Long.class)
                        .setParameter("id", account)
                        .getSingleResult()
                == 1;
    }

    @Transactional
    public void markDeleted(String customer, Instant at) {
        database.createNativeMutationQuery("""
                        update customer set deleted_at = coalesce(deleted_at, :at)
                        where provider = :provider and id = :id
                        """)
                .setParameter("provider", PROVIDER.name())
                .setParameter("id", customer)
                .setParameter("at", at)
                .executeUpdate();
    }
}
