package dev.gatefold.entitlements;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** Repository of the cards with which accounts have trials at the billing provider. */
@Singleton
class TrialCards {
    /**
     * Of two accounts with one card, the first inserts it into {@code trial_redemption}; the other finds it there, also if
     * both are recorded at the same time.
     */
    private static final String RECORD = """
            with hashes as (
              select distinct hash from unnest(cast(:hashes as bytea[])) hash
            ), first_used as (
              insert into trial_redemption (person_hash) select hash from hashes order by hash
              on conflict do nothing returning person_hash
            ), recorded as (
              insert into trial_card (account_id, card_hash, is_repeated, recorded_at)
              select :account, hash, not exists (select from first_used f where f.person_hash = hash), :at from hashes
              on conflict do nothing returning is_repeated
            )
            select count(*) filter (where is_repeated) from recorded
            """;

    private final Session database;

    TrialCards(Session database) {
        this.database = database;
    }

    /**
     * Records the cards of an account's trial.
     *
     * @param fingerprints fingerprints of the cards
     * @return how many of them are new for the account, and were used in a trial of another account before
     */
    @Transactional
    long record(UUID account, List<byte[]> fingerprints, Instant at) {
        return database.createNativeQuery(RECORD, Long.class)
                .setParameter("account", account)
                .setParameter("hashes", fingerprints.toArray(byte[][]::new))
                .setParameter("at", at)
                .getSingleResult();
    }

    /** Returns when the cards of an account were recorded, oldest first. */
    @Transactional
    List<Instant> recordedFor(UUID account) {
        return database.createNativeQuery(
                        "select recorded_at from trial_card where account_id = :account order by recorded_at",
                        Instant.class)
                .setParameter("account", account)
                .getResultList();
    }

    /** Returns the number of accounts with a card that was used in a trial of another account before. */
    @Transactional
    long countAccountsWithRepeatedCards() {
        return database.createNativeQuery(
                        "select count(distinct account_id) from trial_card where is_repeated", Long.class)
                .getSingleResult();
    }

    /** Deletes the cards of an account. They remain recorded as used, without the account. */
    @Transactional
    void deleteFor(UUID account) {
        database.createNativeMutationQuery("delete from trial_card where account_id = :account")
                .setParameter("account", account)
                .executeUpdate();
    }
}
