package dev.gatefold.entitlements;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** What accounts hold as it is written down, past everything that is remembered of it: for who checks the answers. */
@Singleton
public class StoredEntitlements {
    /**
     * A right, and since when it has been what it is.
     *
     * @param writtenAt by the database's clock; empty where that is long ago
     */
    public record StoredEntitlement(UUID account, Entitlement entitlement, Optional<Instant> writtenAt) {}

    private final Session database;

    StoredEntitlements(Session database) {
        this.database = database;
    }

    @Transactional
    public List<StoredEntitlement> findByAccounts(Collection<UUID> accounts) {
        return database
                .createQuery("from EntitlementRow where accountId in (:accounts)", EntitlementRow.class)
                .setParameter("accounts", accounts)
                .getResultList()
                .stream()
                .map(row ->
                        new StoredEntitlement(row.accountId, row.toEntitlement(), Optional.ofNullable(row.writtenAt)))
                .toList();
    }
}
