package dev.gatefold.accounts.account;

import dev.gatefold.kernel.Identity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

/** The record of a registered reader. Updates write changed columns only, because sign-ins change others by SQL. */
@Entity
@DynamicUpdate
@Table(name = "account")
public class Account {
    /** Random id; never shown to other readers. */
    @Id
    public UUID id;

    /** Claim {@code iss} of the reader's token. */
    public String issuer;

    /** Claim {@code sub} of the reader's token. */
    public String subject;

    /** E-mail address as stated by the issuer or given by the reader; may be null. */
    public String email;

    /** Whether the issuer states that it has verified {@link #email}. */
    public boolean emailVerified;

    /** When a token first stated {@link #email}; null if there is no address or the reader has given it. */
    public Instant emailClaimedAt;

    /** Display name; may be null. */
    public String name;

    /** BCP 47 language tag; may be null. */
    public String locale;

    /** IANA time zone; may be null. */
    public String timeZone;

    /** When the reader signed up. */
    public Instant createdAt;

    /**
     * Incremented by every change of the entitlements of the account, by SQL only. Not updatable, so that Hibernate does
     * not overwrite an increment of a concurrent transaction with the value that it has read.
     */
    @Column(updatable = false)
    public long version;

    /** Fingerprint of the last e-mail address that the issuer has verified ({@link PersonFingerprints}); may be null. */
    byte[] verifiedEmailHash;

    /** Returns the identity that signed up. */
    public Identity identity() {
        return new Identity(issuer, subject);
    }

    /** Sets the address that the reader has given, or null. Another address than before is not verified. */
    void setGivenEmail(String given) {
        if (!Objects.equals(email, given)) {
            email = given;
            emailVerified = false;
            emailClaimedAt = null;
        }
    }
}
