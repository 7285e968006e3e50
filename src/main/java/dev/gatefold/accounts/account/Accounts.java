package dev.gatefold.accounts.account;

import dev.gatefold.kernel.Identity;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The accounts, each known by its identity. */
@ApplicationScoped
public class Accounts implements PanacheRepositoryBase<Account, UUID> {
    public Optional<Account> findByIdentity(Identity identity) {
        return find("issuer = ?1 and subject = ?2", identity.issuer(), identity.subject())
                .firstResultOptional();
    }

    /** The same; until the transaction ends nobody else changes it, or adds anything to it. */
    public Optional<Account> findByIdentityForUpdate(Identity identity) {
        return getSession()
                .createNativeQuery(
                        "select * from account where issuer = :issuer and subject = :subject for update", Account.class)
                .setParameter("issuer", identity.issuer())
                .setParameter("subject", identity.subject())
                .uniqueResultOptional();
    }

    /** Makes the account if there is none; of many who try at once, one is told that it did. */
    public boolean createIfAbsent(Identity identity, Instant at) {
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

    /** Leaves a row that leads to nobody. */
    public void erase(UUID id, Instant at) {
        getEntityManager()
                .createNativeQuery("""
                        update account set
                          issuer = 'erased', subject = cast(gen_random_uuid() as text), version = version + 1,
                          email = null, name = null, locale = null, time_zone = null, verified_email_hash = null,
                          erased_at = :at
                        where id = :id
                        """)
                .setParameter("id", id)
                .setParameter("at", at)
                .executeUpdate();
    }
}
