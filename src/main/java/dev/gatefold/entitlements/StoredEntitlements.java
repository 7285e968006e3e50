package dev.gatefold.entitlements;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Reads entitlements from the database, without the cache. Used to verify decisions that were made from the cache. */
@Singleton
public class StoredEntitlements {
    /**
     * An entitlement as stored.
     *
     * @param writtenAt database time of the last change; empty if unknown
     */
    public record StoredEntitlement(UUID account, Entitlement entitlement, Optional<Instant> writtenAt) {}

    private final Session database;

    StoredEntitlements(Session database) {
        this.database = database;
    }

    /** Returns the entitlements of accounts, past and future ones included. */
    @Transactional
    public List<StoredEntitlement> findByAccounts(Collection<UUID> accounts) {
        return database
                .createQuery("from EntitlementRow where accountId in (:accounts)", EntitlementRow.class)
                .setParameter("accounts", accounts)
                .getResultList()
                .stream()
                .map(row ->
                        new StoredEntitlement(row.accountId, row.toEntitlement(), Optional.ofNullable(row.updatedAt)))
                .toList();
    }
}
