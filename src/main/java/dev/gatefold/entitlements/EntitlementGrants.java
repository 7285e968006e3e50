package dev.gatefold.entitlements;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.PersonFingerprints;
import dev.gatefold.entitlements.Coverage.ArticleCoverage;
import dev.gatefold.entitlements.Coverage.PlanCoverage;
import dev.gatefold.kernel.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** Puts rights into accounts; each statement writes the row and, only if that changed something, the account's version. */
@ApplicationScoped
public class EntitlementGrants {
    private static final String ROW = """
            insert into entitlement as e (id, account_id, basis, origin, plan, source, article_key, article_name,
                                          valid_from, valid_until)
            values (:id, :account, :basis, :origin, :plan, :source, :articleKey, :articleName, :from, :until)
            on conflict (account_id, origin)
            """;

    private static final String UPSERT = """
            do update set
              basis = excluded.basis, plan = excluded.plan, source = excluded.source,
              article_key = excluded.article_key, article_name = excluded.article_name,
              valid_from = excluded.valid_from, valid_until = excluded.valid_until
            where (e.basis, e.plan, e.source, e.article_key, e.valid_from, e.valid_until)
              is distinct from (excluded.basis, excluded.plan, excluded.source, excluded.article_key,
                                excluded.valid_from, excluded.valid_until)
            """;

    private static final String ONCE = "do nothing";

    private static final String VERSION = """
            with changed as (%s returning e.account_id)
            update account a set version = version + 1 from changed where a.id = changed.account_id
            returning a.issuer, a.subject, a.version
            """;

    private static final String END = """
            update entitlement e
            set valid_until = least(e.valid_until, greatest(cast(:at as timestamptz), e.valid_from + interval '1 millisecond')),
                basis = case e.basis when 'GRACE' then 'MEMBER' else e.basis end
            where account_id = :account and starts_with(origin, :origin) and not origin = any(:kept)
              and (valid_until is null or valid_until > :at or basis = 'GRACE')
            """;

    private static final String END_ALL = """
            with changed as (%s returning e.account_id)
            update account a set version = version + 1 where a.id = :account
            returning a.issuer, a.subject, a.version
            """.formatted(END);

    private final Session database;
    private final TrialRedemptions trials;
    private final PersonFingerprints persons;
    private final Event<EntitlementsChanged> changed;

    EntitlementGrants(
            Session database, TrialRedemptions trials, PersonFingerprints persons, Event<EntitlementsChanged> changed) {
        this.database = database;
        this.trials = trials;
        this.persons = persons;
        this.changed = changed;
    }

    /** Makes the right of this origin what is given, new or not; false where it was that already. */
    @Transactional
    public boolean grant(UUID account, Entitlement right) {
        return write(VERSION.formatted(ROW + UPSERT), account, right);
    }

    /** Grants the free trial, once in the life of a person and of an account; false where there has been one. */
    @Transactional
    public boolean grantTrial(Account account, Entitlement right) {
        return trials.redeem(persons.fingerprintsOf(account))
                && write(VERSION.formatted(ROW + ONCE), account.id, right);
    }

    /**
     * Makes the rights whose origins begin with {@code origin} exactly these: of the others, those that go on end at
     * {@code at}. False where all was so already.
     */
    @Transactional
    public boolean replace(UUID account, String origin, List<Entitlement> rights, Instant at) {
        boolean granted = false;
        for (Entitlement right : rights) {
            granted |= grant(account, right);
        }
        return end(VERSION.formatted(END), account, origin, rights, at) || granted;
    }

    /** Ends all that goes on; whoever remembers the reader or relies on a pass must ask again, even where nothing did. */
    @Transactional
    void endAll(UUID account, Instant at) {
        var _ = end(END_ALL, account, "", List.of(), at);
    }

    private boolean end(String sql, UUID account, String origin, List<Entitlement> kept, Instant at) {
        return publish(
                account,
                database.createNativeQuery(sql, Object[].class)
                        .setParameter("account", account)
                        .setParameter("origin", origin)
                        .setParameter(
                                "kept", kept.stream().map(Entitlement::origin).toArray(String[]::new))
                        .setParameter("at", at));
    }

    private boolean write(String sql, UUID account, Entitlement right) {
        NativeQuery<Object[]> statement = database.createNativeQuery(sql, Object[].class)
                .setParameter("id", UUID.randomUUID())
                .setParameter("account", account)
                .setParameter("basis", right.basis().name())
                .setParameter("origin", right.origin())
                .setParameter("from", right.term().from())
                .setParameter("until", right.term().until().orElse(null));
        return publish(account, covering(statement, right.coverage()));
    }

    private static NativeQuery<Object[]> covering(NativeQuery<Object[]> statement, Coverage coverage) {
        return switch (coverage) {
            case PlanCoverage(String plan) ->
                statement
                        .setParameter("plan", plan)
                        .setParameter("source", null)
                        .setParameter("articleKey", null)
                        .setParameter("articleName", null);
            case ArticleCoverage(String source, String key, String name) ->
                statement
                        .setParameter("plan", null)
                        .setParameter("source", source)
                        .setParameter("articleKey", key)
                        .setParameter("articleName", name);
        };
    }

    /** Runs the statement, and says who is concerned where it changed something. */
    private boolean publish(UUID account, NativeQuery<Object[]> statement) {
        List<Object[]> versions = statement.getResultList();
        for (Object[] row : versions) {
            Identity reader = new Identity((String) row[0], (String) row[1]);
            changed.fire(new EntitlementsChanged(account, reader, ((Number) row[2]).longValue()));
        }
        return !versions.isEmpty();
    }
}
