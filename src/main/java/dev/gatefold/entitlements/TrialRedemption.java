package dev.gatefold.entitlements;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** That a person has had the free trial: see {@link TrialRedemptions}. */
@Entity
@Table(name = "trial_redemption")
class TrialRedemption {
    /** A keyed hash: see {@link dev.gatefold.accounts.account.PersonFingerprints}. */
    @Id
    @Column(name = "person_hash")
    byte[] person;
}
