package dev.gatefold.passes.issuance;

import dev.gatefold.passes.claims.PassAudience;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Records which accounts have unexpired passes: one row for each account and audience, with the latest expiry of the
 * passes of the newest account version and of those of older versions.
 */
@ApplicationScoped
public class IssuedPasses {
    private static final String RECORD = """
            insert into issued_pass as issued (account_id, audience, account_version, expires_at)
            values (:account, :audience, :version, :expiresAt)
            on conflict (account_id, audience) do update set
              account_version = greatest(issued.account_version, excluded.account_version),
              expires_at = case
                when excluded.account_version > issued.account_version then excluded.expires_at
                when excluded.account_version = issued.account_version
                  then greatest(issued.expires_at, excluded.expires_at)
                else issued.expires_at end,
              outdated_expires_at = case
                when excluded.account_version > issued.account_version
                  then greatest(issued.outdated_expires_at, issued.expires_at)
                when excluded.account_version < issued.account_version
                  then greatest(issued.outdated_expires_at, excluded.expires_at)
                else issued.outdated_expires_at end
            """;

    /** Reads account.version in the same statement: the account may change between two statements. */
    private static final String SUPERSEDED = """
            select issued.account_id, issued.audience, account.version
            from issued_pass issued join account on account.id = issued.account_id
            where issued.outdated_expires_at > :at
               or (account.version > issued.account_version and issued.expires_at > :at)
            """;

    private static final String OF_ACCOUNT = """
            select audience, account_version, expires_at, outdated_expires_at from issued_pass
            where account_id = :account order by audience
            """;

    private static final String DELETE_EXPIRED =
            "delete from issued_pass where greatest(expires_at, outdated_expires_at) <= :at";

    private final Session database;

    IssuedPasses(Session database) {
        this.database = database;
    }

    /**
     * Records that a pass was issued. Two replicas may call this in either order of their account versions.
     *
     * @param version the account version from which the pass was made
     * @param expiresAt when no verifier accepts the pass any more
     */
    @Transactional
    public void recordIssued(UUID account, PassAudience audience, long version, Instant expiresAt) {
        database.createNativeMutationQuery(RECORD)
                .setParameter("account", account)
                .setParameter("audience", audience.name())
                .setParameter("version", version)
                .setParameter("expiresAt", expiresAt)
                .executeUpdate();
    }

    /** Returns the accounts with passes that have not expired at {@code at} and are older than the account. */
    @Transactional
    public List<SupersededPass> superseded(Instant at) {
        return database.createNativeQuery(SUPERSEDED, Tuple.class).setParameter("at", at).getResultList().stream()
                .map(SupersededPass::of)
                .toList();
    }

    @Transactional
    List<PassPersonalData.IssuedPassExport> findByAccount(UUID account) {
        return database
                .createNativeQuery(OF_ACCOUNT, Tuple.class)
                .setParameter("account", account)
                .getResultList()
                .stream()
                .map(PassPersonalData.IssuedPassExport::of)
                .toList();
    }

    /** Deletes the rows of accounts whose passes have all expired at {@code at}, and returns their number. */
    @Transactional
    public int deleteExpired(Instant at) {
        return database.createNativeMutationQuery(DELETE_EXPIRED)
                .setParameter("at", at)
                .executeUpdate();
    }
}
