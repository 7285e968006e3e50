package dev.gatefold.entitlements;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;

/**
 * Records which persons have had the free trial. The records refer to fingerprints and not to accounts, so that they also
 * apply to later accounts of the person.
 */
@Singleton
class TrialRedemptions {
    private static final String INSERT =
            "insert into trial_redemption (person_hash) values (:personHash) on conflict do nothing";

    private final Session database;

    TrialRedemptions(Session database) {
        this.database = database;
    }

    /**
     * Records that a person has had the trial. Of concurrent calls for one person, exactly one returns true.
     *
     * @param fingerprints all fingerprints of the person
     * @return false if any of the fingerprints was recorded before
     */
    @Transactional
    boolean redeem(List<byte[]> fingerprints) {
        boolean isFirst = true;
        for (byte[] fingerprint : fingerprints) {
            isFirst &= database.createNativeMutationQuery(INSERT)
                            .setParameter("personHash", fingerprint)
                            .executeUpdate()
                    == 1;
        }
        return isFirst;
    }

    /** Returns true if the fingerprint is recorded. */
    @Transactional
    boolean isRedeemed(byte[] fingerprint) {
        return database.createQuery("select count(*) from TrialRedemption where personHash = :personHash", Long.class)
                        .setParameter("personHash", fingerprint)
                        .getSingleResult()
                > 0;
    }
}
