package dev.gatefold.entitlements;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** That a person has had the free trial: see {@link TrialsTaken}. */
@Entity
@Table(name = "trial_taken")
class TrialTaken {
    /** A keyed hash: see {@link dev.gatefold.accounts.Persons}. */
    @Id
    byte[] person;
}
