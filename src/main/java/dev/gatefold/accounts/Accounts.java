package dev.gatefold.accounts;

import dev.gatefold.kernel.Identity;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The accounts, each known by its identity. */
@ApplicationScoped
public class Accounts implements PanacheRepositoryBase<Account, UUID> {
    public Optional<Account> of(Identity identity) {
        return find("issuer = ?1 and subject = ?2", identity.issuer(), identity.subject())
                .firstResultOptional();
    }

    /** Makes the account if there is none; of many who try at once, one is told that it did. */
    public boolean open(Identity identity, Instant at) {
        return getEntityManager()
                        .createNativeQuery("""
                                insert into account (id, issuer, subject, created_at)
                                values (:id, :issuer, :subject, :at)
                                on conflict (issuer, subject) do nothing
                                """)
                        .setParameter("id", UUID.randomUUID())
                        .setParameter("issuer", identity.issuer())
                        .setParameter("subject", identity.subject())
                        .setParameter("at", at)
                        .executeUpdate()
                == 1;
    }
}
