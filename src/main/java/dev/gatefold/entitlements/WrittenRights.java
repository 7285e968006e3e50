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
public class WrittenRights {
    /**
     * A right, and since when it has been what it is.
     *
     * @param since by the database's clock; empty where that is long ago
     */
    public record Written(UUID account, Right right, Optional<Instant> since) {}

    private final Session database;

    WrittenRights(Session database) {
        this.database = database;
    }

    @Transactional
    public List<Written> of(Collection<UUID> accounts) {
        return database
                .createQuery("from Entitlement where accountId in (:accounts)", Entitlement.class)
                .setParameter("accounts", accounts)
                .getResultList()
                .stream()
                .map(row -> new Written(row.accountId, row.right(), Optional.ofNullable(row.writtenAt)))
                .toList();
    }
}
