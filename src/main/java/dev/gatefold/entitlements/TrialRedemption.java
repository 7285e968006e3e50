package dev.gatefold.entitlements;

import dev.gatefold.accounts.account.PersonFingerprints;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the table {@code trial_redemption}: a person has had the free trial. */
@Entity
@Table(name = "trial_redemption")
class TrialRedemption {
    /** A fingerprint of the person: see {@link PersonFingerprints}. */
    @Id
    byte[] personHash;
}
