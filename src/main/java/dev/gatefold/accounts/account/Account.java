package dev.gatefold.accounts.account;

import dev.gatefold.kernel.Identity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A registered reader's record. {@code version} grows with every change of what the account holds. */
@Entity
@Table(name = "account")
public class Account {
    @Id
    public UUID id;

    public String issuer;
    public String subject;
    public String email;
    public String name;
    public String locale;
    public String timeZone;
    public Instant createdAt;
    /** Counted up by whoever grants, and only there: a whole row that is written back must not take it back. */
    @Column(updatable = false)
    public long version;

    /** A keyed hash of the address that the issuer says it has verified: see {@link PersonFingerprints}. */
    @Column(name = "verified_email_hash")
    byte[] verifiedEmail;

    public Identity identity() {
        return new Identity(issuer, subject);
    }
}
