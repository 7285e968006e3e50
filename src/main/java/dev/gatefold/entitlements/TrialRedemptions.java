package dev.gatefold.entitlements;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;

/** Who has had the free trial. Hangs on no account, so that it is there when a person comes back with a new one. */
@Singleton
class TrialRedemptions {
    private static final String TAKE =
            "insert into trial_redemption (person_hash) values (:person) on conflict do nothing";

    private final Session database;

    TrialRedemptions(Session database) {
        this.database = database;
    }

    /**
     * Notes that a person takes the trial; of two who try at once, the index lets one.
     *
     * @param person by all that they are known by
     * @return false where they had it before, by any of that
     */
    @Transactional
    boolean redeem(List<byte[]> person) {
        boolean first = true;
        for (byte[] known : person) {
            first &= database.createNativeMutationQuery(TAKE)
                            .setParameter("person", known)
                            .executeUpdate()
                    == 1;
        }
        return first;
    }

    @Transactional
    boolean isRedeemed(byte[] person) {
        return database.createQuery("select count(*) from TrialRedemption where person = :person", Long.class)
                        .setParameter("person", person)
                        .getSingleResult()
                > 0;
    }
}
