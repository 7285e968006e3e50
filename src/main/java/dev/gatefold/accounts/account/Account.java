package dev.gatefold.accounts.account;

import dev.gatefold.kernel.Identity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The record of a registered reader. */
@Entity
@Table(name = "account")
public class Account {
    /** Random id; never shown to other readers. */
    @Id
    public UUID id;

    /** Claim {@code iss} of the reader's token. */
    public String issuer;

    /** Claim {@code sub} of the reader's token. */
    public String subject;

    /** E-mail address as given by the reader or the issuer; may be null and is not verified. */
    public String email;

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

    /** Fingerprint of the e-mail address that the issuer has verified ({@link PersonFingerprints}); may be null. */
    byte[] verifiedEmailHash;

    /** Returns the identity that signed up. */
    public Identity identity() {
        return new Identity(issuer, subject);
    }
}
