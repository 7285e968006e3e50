package dev.gatefold.accounts.account;

import dev.gatefold.kernel.Identity;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Repository of accounts. Other modules lock an account or change its version through this class only. */
@ApplicationScoped
public class Accounts implements PanacheRepositoryBase<Account, UUID> {
    /** Returns the account of the identity; empty if the reader has not signed up. */
    public Optional<Account> findByIdentity(Identity identity) {
        return find("issuer = ?1 and subject = ?2", identity.issuer(), identity.subject())
                .firstResultOptional();
    }

    /**
     * Returns the account of the identity and locks its row exclusively until the transaction ends. Inserts of rows that
     * refer to the account also wait for that lock.
     */
    public Optional<Account> findByIdentityForUpdate(Identity identity) {
        return getSession()
                .createNativeQuery(
                        "select * from account where issuer = :issuer and subject = :subject for update", Account.class)
                .setParameter("issuer", identity.issuer())
                .setParameter("subject", identity.subject())
                .uniqueResultOptional();
    }

    /**
     * Locks the account until the transaction ends, so that callers of this method run one after the other for each
     * account. Rows that refer to the account can still be inserted.
     *
     * @throws jakarta.persistence.NoResultException if there is no such account
     */
    public void lock(UUID id) {
        var _ = getSession()
                .createNativeQuery("select 1 from account where id = :id for no key update", Integer.class)
                .setParameter("id", id)
                .getSingleResult();
    }

    /**
     * Locks an account like {@link #lock} and reloads it, so that its values are those that other transactions have
     * committed. Changes that have not been flushed are written first.
     */
    public void lockAndRefresh(Account account) {
        flush();
        lock(account.id);
        getSession().refresh(account);
    }

    /**
     * Prevents changes of the account, such as its erasure, until the transaction ends. Several transactions can hold this
     * lock at the same time.
     *
     * @return true if the account exists and has not been erased
     */
    public boolean lockShared(UUID id) {
        return getSession()
                .createNativeQuery("select erased_at is null from account where id = :id for share", Boolean.class)
                .setParameter("id", id)
                .uniqueResultOptional()
                .orElse(false);
    }

    /** Returns true if the account has this version. Reads the database, not the persistence context. */
    @Transactional
    public boolean hasVersion(UUID id, long version) {
        return getSession()
                .createNativeQuery("select version = :version from account where id = :id", Boolean.class)
                .setParameter("version", version)
                .setParameter("id", id)
                .uniqueResultOptional()
                .orElse(false);
    }

    /** Returns true if the account exists and has not been erased. Takes no lock. */
    @Transactional
    public boolean isActive(UUID id) {
        return getSession()
                .createNativeQuery("select erased_at is null from account where id = :id", Boolean.class)
                .setParameter("id", id)
                .uniqueResultOptional()
                .orElse(false);
    }

    /**
     * Increments the version of the account, which marks cached standings and issued passes as outdated. An account that
     * is already in the persistence context keeps its old version until it is refreshed.
     *
     * @return the new version; empty if there is no such account
     */
    public Optional<AccountVersion> bumpVersion(UUID id) {
        return getSession()
                .createNativeQuery(
                        "update account set version = version + 1 where id = :id returning issuer, subject, version",
                        Tuple.class)
                .setParameter("id", id)
                .uniqueResultOptional()
                .map(AccountVersion::of);
    }

    /**
     * Creates the account unless it exists.
     *
     * @return true if this call created it; of concurrent calls exactly one returns true
     */
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

    /** Replaces the personal data of the account by nulls and a random subject, and increments its version. */
    public void erase(UUID id, Instant at) {
        getEntityManager()
                .createNativeQuery("""
                        update account set
                          issuer = 'erased', subject = cast(gen_random_uuid() as text), version = version + 1,
                          email = null, email_verified = false, email_claimed_at = null, verified_email_hash = null,
                          name = null, locale = null, time_zone = null, erased_at = :at
                        where id = :id
                        """)
                .setParameter("id", id)
                .setParameter("at", at)
                .executeUpdate();
    }
}
