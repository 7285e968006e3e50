package dev.gatefold.entitlements;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.Accounts;
import dev.gatefold.accounts.account.PersonFingerprints;
import dev.gatefold.entitlements.Coverage.ArticleCoverage;
import dev.gatefold.entitlements.Coverage.PlanCoverage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;

/**
 * Grants and ends entitlements. Every change increments the version of the account in the same transaction and fires
 * {@link EntitlementsChanged}; a call that changes nothing does neither.
 */
@ApplicationScoped
public class EntitlementGrants {
    private final Session database;
    private final Accounts accounts;
    private final TrialRedemptions trials;
    private final PersonFingerprints fingerprints;
    private final Event<EntitlementsChanged> entitlementsChanged;

    EntitlementGrants(
            Session database,
            Accounts accounts,
            TrialRedemptions trials,
            PersonFingerprints fingerprints,
            Event<EntitlementsChanged> entitlementsChanged) {
        this.database = database;
        this.accounts = accounts;
        this.trials = trials;
        this.fingerprints = fingerprints;
        this.entitlementsChanged = entitlementsChanged;
    }

    /**
     * Creates the entitlement, or updates the account's entitlement with the same origin.
     *
     * @return false if an equal entitlement existed
     */
    @Transactional
    public boolean grant(UUID account, Entitlement entitlement) {
        return publishIfChanged(account, execute(EntitlementSql.UPSERT, account, entitlement));
    }

    /**
     * Grants the free trial, once per person and per account.
     *
     * @return false if the person has had a trial, with this account or an earlier one
     */
    @Transactional
    public boolean grantTrial(Account account, Entitlement trial) {
        // a concurrent sign-in may be storing a verified address, which must be redeemed too
        accounts.lockAndRefresh(account);
        return trials.redeem(fingerprints.fingerprintsOf(account))
                && publishIfChanged(account.id, execute(EntitlementSql.INSERT_IF_ABSENT, account.id, trial));
    }

    /**
     * Grants entitlements, ends all other entitlements whose origin has a prefix, and sets the billing status. However much
     * changes, it is one new version of the account.
     *
     * @param originPrefix prefix of the origins of one grantor, such as the id of a subscription
     * @param billing whether the account has a live subscription, and whether it is paid
     * @param at when the other entitlements end
     * @return false if nothing changed
     */
    @Transactional
    public boolean replace(
            UUID account, String originPrefix, List<Entitlement> entitlements, BillingStatus billing, Instant at) {
        int changedRows = 0;
        for (Entitlement entitlement : entitlements) {
            changedRows += execute(EntitlementSql.UPSERT, account, entitlement);
        }
        changedRows += end(account, originPrefix, entitlements, at);
        changedRows += storeBilling(account, billing);
        return publishIfChanged(account, changedRows);
    }

    /**
     * Ends all entitlements whose origin has a prefix.
     *
     * @return false if nothing changed
     */
    @Transactional
    public boolean end(UUID account, String originPrefix, Instant at) {
        return publishIfChanged(account, end(account, originPrefix, List.of(), at));
    }

    /**
     * Sets whether an account has a live subscription, and whether it is paid.
     *
     * @return false if nothing changed
     */
    @Transactional
    public boolean setBilling(UUID account, BillingStatus status) {
        return publishIfChanged(account, storeBilling(account, status));
    }

    private int storeBilling(UUID account, BillingStatus status) {
        MutationQuery statement = status == BillingStatus.NONE
                ? database.createNativeMutationQuery(EntitlementSql.REMOVE_BILLING)
                : database.createNativeMutationQuery(EntitlementSql.SET_BILLING).setParameter("status", status.name());
        return statement.setParameter("account", account).executeUpdate();
    }

    /**
     * Ends all entitlements of an account. Always increments the version, so that cached standings and issued passes
     * become outdated even if there was nothing to end.
     */
    @Transactional
    void endAll(UUID account, Instant at) {
        var _ = end(account, "", List.of(), at);
        var _ = storeBilling(account, BillingStatus.NONE);
        publish(account);
    }

    private int end(UUID account, String originPrefix, List<Entitlement> except, Instant at) {
        return database.createNativeMutationQuery(EntitlementSql.END)
                .setParameter("account", account)
                .setParameter("originPrefix", originPrefix)
                .setParameter(
                        "exceptOrigins",
                        except.stream().map(Entitlement::origin).toArray(String[]::new))
                .setParameter("at", at)
                .executeUpdate();
    }

    private int execute(String sql, UUID account, Entitlement entitlement) {
        MutationQuery statement = database.createNativeMutationQuery(sql)
                .setParameter("id", UUID.randomUUID())
                .setParameter("account", account)
                .setParameter("basis", entitlement.basis().name())
                .setParameter("origin", entitlement.origin())
                .setParameter("from", entitlement.term().from())
                .setParameter("until", entitlement.term().until().orElse(null));
        return withCoverage(statement, entitlement.coverage()).executeUpdate();
    }

    private static MutationQuery withCoverage(MutationQuery statement, Coverage coverage) {
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

    private boolean publishIfChanged(UUID account, int changedRows) {
        if (changedRows > 0) {
            publish(account);
        }
        return changedRows > 0;
    }

    /** Increments the version of an account, and publishes that its standing has changed. */
    void publish(UUID account) {
        accounts.bumpVersion(account)
                .ifPresent(it -> entitlementsChanged.fire(new EntitlementsChanged(account, it.reader(), it.version())));
    }
}
