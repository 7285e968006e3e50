package dev.gatefold.passes.issuance;

import dev.gatefold.passes.claims.PassAudience;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** To whom living passes were given, one row for each account and audience, and which have been overtaken. */
@ApplicationScoped
public class IssuedPasses {
    /** Passes of an account of a lower version than this are void. */
    public record SupersededPass(UUID account, PassAudience audience, long version) {}

    private static final String RECORD = """
            insert into issued_pass as e (account_id, audience, account_version, expires_at)
            values (:account, :audience, :version, :until)
            on conflict (account_id, audience) do update set
              account_version = greatest(e.account_version, excluded.account_version),
              expires_at = case
                when excluded.account_version > e.account_version then excluded.expires_at
                when excluded.account_version = e.account_version then greatest(e.expires_at, excluded.expires_at)
                else e.expires_at end,
              outdated_expires_at = case
                when excluded.account_version > e.account_version then greatest(e.outdated_expires_at, e.expires_at)
                when excluded.account_version < e.account_version then greatest(e.outdated_expires_at, excluded.expires_at)
                else e.outdated_expires_at end
            """;

    private static final String OVERTAKEN = """
            select e.account_id, e.audience, a.version
            from issued_pass e join account a on a.id = e.account_id
            where e.outdated_expires_at > :at or (a.version > e.account_version and e.expires_at > :at)
            """;

    private static final String OF_ACCOUNT = """
            select audience, account_version, expires_at, outdated_expires_at from issued_pass
            where account_id = :account order by audience
            """;

    private final Session database;

    IssuedPasses(Session database) {
        this.database = database;
    }

    @Transactional
    public void recordIssued(UUID account, PassAudience audience, long version, Instant until) {
        database.createNativeMutationQuery(RECORD)
                .setParameter("account", account)
                .setParameter("audience", audience.name())
                .setParameter("version", version)
                .setParameter("until", until)
                .executeUpdate();
    }

    /** The versions are those of the accounts as they are now. */
    @Transactional
    public List<SupersededPass> superseded(Instant at) {
        return database.createNativeQuery(OVERTAKEN, Object[].class).setParameter("at", at).getResultList().stream()
                .map(row -> new SupersededPass(
                        (UUID) row[0], PassAudience.valueOf((String) row[1]), ((Number) row[2]).longValue()))
                .toList();
    }

    @Transactional
    List<PassPersonalData.IssuedPassExport> findByAccount(UUID account) {
        return database
                .createNativeQuery(OF_ACCOUNT, Object[].class)
                .setParameter("account", account)
                .getResultList()
                .stream()
                .map(row -> new PassPersonalData.IssuedPassExport(
                        PassAudience.valueOf((String) row[0]),
                        ((Number) row[1]).longValue(),
                        (Instant) row[2],
                        (Instant) row[3]))
                .toList();
    }

    @Transactional
    public int deleteExpired(Instant at) {
        return database.createNativeMutationQuery(
                        "delete from issued_pass where greatest(expires_at, outdated_expires_at) <= :at")
                .setParameter("at", at)
                .executeUpdate();
    }
}
