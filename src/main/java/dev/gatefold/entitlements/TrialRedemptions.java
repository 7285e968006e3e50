package dev.gatefold.entitlements;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.CommonQueryContract;

/**
 * Records which persons have had the free trial. The records refer to fingerprints and not to accounts, so that they also
 * apply to later accounts of the person.
 */
@Singleton
class TrialRedemptions {
    /** In the order of the hashes, so that two transactions cannot wait for each other. */
    private static final String INSERT = """
            insert into trial_redemption (person_hash)
            select distinct hash from unnest(cast(:hashes as bytea[])) hash %s order by hash
            on conflict do nothing
            """;

    private static final String REDEEM = INSERT.formatted("");

    private static final String LINK = INSERT.formatted("""
            where exists (select from trial_redemption r where r.person_hash = any(cast(:hashes as bytea[])))
               or exists (select from entitlement e where e.account_id = :account and e.basis = 'TRIAL')
            """);

    private final Session database;

    TrialRedemptions(Session database) {
        this.database = database;
    }

    /**
     * Records that a person has had the trial. Of concurrent calls for one person, exactly one returns true.
     *
     * @param fingerprints all fingerprints of the person, each once
     * @return false if any of the fingerprints was recorded before
     */
    @Transactional
    boolean redeem(List<byte[]> fingerprints) {
        return bind(database.createNativeMutationQuery(REDEEM), fingerprints).executeUpdate() == fingerprints.size();
    }

    /**
     * Records all fingerprints of a person if one of them is recorded or the account has had a trial. For example the
     * person's new e-mail address, or an address that has been verified after the trial.
     *
     * @return false if nothing had to be recorded
     */
    @Transactional
    boolean linkIfRedeemed(UUID account, List<byte[]> fingerprints) {
        return bind(database.createNativeMutationQuery(LINK), fingerprints)
                        .setParameter("account", account)
                        .executeUpdate()
                > 0;
    }

    /** Returns true if the fingerprint is recorded. */
    @Transactional
    boolean isRedeemed(byte[] fingerprint) {
        return database.createQuery("select count(*) from TrialRedemption where personHash = :personHash", Long.class)
                        .setParameter("personHash", fingerprint)
                        .getSingleResult()
                > 0;
    }

    private static <Q extends CommonQueryContract> Q bind(Q statement, List<byte[]> fingerprints) {
        statement.setParameter("hashes", fingerprints.toArray(byte[][]::new));
        return statement;
    }
}
