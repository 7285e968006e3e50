package dev.gatefold.accounts.account;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Finds accounts for support. Erased accounts are not found. The methods require a transaction. */
@Singleton
public class AccountSearch {
    private final Session database;

    AccountSearch(Session database) {
        this.database = database;
    }

    public Optional<Account> byId(UUID id) {
        return database.createNativeQuery("select * from account where id = :id and erased_at is null", Account.class)
                .setParameter("id", id)
                .uniqueResultOptional();
    }

    /** Returns the accounts with a subject, one for each issuer, the oldest first. */
    public List<Account> bySubject(String subject, int limit) {
        return database.createNativeQuery("""
                        select * from account where subject = :subject and erased_at is null order by created_at, id
                        """, Account.class)
                .setParameter("subject", subject)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Returns the accounts with an e-mail address, ignoring case, the oldest first. The address may be unverified. */
    public List<Account> byEmail(String email, int limit) {
        return database.createNativeQuery("""
                        select * from account where lower(email) = lower(:email) and erased_at is null
                        order by created_at, id
                        """, Account.class)
                .setParameter("email", email)
                .setMaxResults(limit)
                .getResultList();
    }
}
