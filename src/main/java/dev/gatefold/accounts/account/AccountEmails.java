package dev.gatefold.accounts.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** The e-mail addresses of accounts, as the issuer states them at each sign-in. */
@ApplicationScoped
public class AccountEmails {
    /**
     * An e-mail address that the issuer has verified.
     *
     * @param claimedAt when a token first stated it
     */
    public record VerifiedEmail(String address, Instant claimedAt) {
        /** Never contains the address, so that no log line can. */
        @Override
        public String toString() {
            return "VerifiedEmail[claimedAt=" + claimedAt + "]";
        }
    }

    /** Replaces the address together with its flag. The hash remains that of the last verified address. */
    private static final String RECORD = """
            update account set
              email = :email, email_verified = :verified, email_claimed_at = :at,
              verified_email_hash = coalesce(cast(:hash as bytea), verified_email_hash)
            where id = :id and erased_at is null
              and (email is distinct from :email or email_verified <> :verified or email_claimed_at is null
                   or verified_email_hash is distinct from coalesce(cast(:hash as bytea), verified_email_hash))
            """;

    private static final String VERIFIED =
            "select email, email_claimed_at from account where id = :id and email_verified and erased_at is null";

    private final Session database;
    private final PersonFingerprints fingerprints;
    private final Event<VerifiedEmailChanged> verifiedEmailChanged;

    AccountEmails(Session database, PersonFingerprints fingerprints, Event<VerifiedEmailChanged> verifiedEmailChanged) {
        this.database = database;
        this.fingerprints = fingerprints;
        this.verifiedEmailChanged = verifiedEmailChanged;
    }

    /** Returns the account's address if the issuer has verified it. */
    @Transactional
    public Optional<VerifiedEmail> findVerified(UUID account) {
        return database.createNativeQuery(VERIFIED, Tuple.class)
                .setParameter("id", account)
                .getResultStream()
                .findFirst()
                .map(row ->
                        new VerifiedEmail(row.get("email", String.class), row.get("email_claimed_at", Instant.class)));
    }

    /**
     * Sets the address of an account that the current transaction has created. An address that the reader has given
     * instead remains, and is not verified.
     */
    void recordFirst(Account account, ClaimedEmail email, Instant at) {
        if (account.email == null || account.email.equals(email.address())) {
            account.email = email.address();
            account.emailVerified = email.isVerified();
            account.emailClaimedAt = at;
        }
        if (email.isVerified()) {
            account.verifiedEmailHash = fingerprints.fingerprintOfEmail(email.address());
        }
    }

    /** Stores the address of a token in an existing account. Writes nothing if it is stored already. */
    void record(Account account, ClaimedEmail email, Instant at) {
        boolean wasVerified = account.emailVerified && email.address().equals(account.email);
        int changed = database.createNativeMutationQuery(RECORD)
                .setParameter("id", account.id)
                .setParameter("email", email.address())
                .setParameter("verified", email.isVerified())
                .setParameter("at", at)
                .setParameter("hash", email.isVerified() ? fingerprints.fingerprintOfEmail(email.address()) : null)
                .executeUpdate();
        if (changed > 0) {
            database.refresh(account);
            if (email.isVerified() && !wasVerified) {
                verifiedEmailChanged.fire(new VerifiedEmailChanged(account.id));
            }
        }
    }
}
