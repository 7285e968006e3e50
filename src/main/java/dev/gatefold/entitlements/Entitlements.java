package dev.gatefold.entitlements;

import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.PersonFingerprints;
import dev.gatefold.kernel.Identity;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The rows of what accounts hold. */
@ApplicationScoped
class Entitlements implements PanacheRepositoryBase<EntitlementRow, UUID> {
    private record EntitlementQueryRow(Account account, EntitlementRow entitlement, Long trialsTaken) {}

    private final TrialRedemptions trials;
    private final PersonFingerprints persons;

    Entitlements(TrialRedemptions trials, PersonFingerprints persons) {
        this.trials = trials;
        this.persons = persons;
    }

    /** In one query, since every first question of a reader asks it. */
    @Transactional
    Standing loadStanding(Identity reader, Instant at) {
        byte[] person = persons.fingerprintOf(reader);
        List<EntitlementQueryRow> rows = getEntityManager()
                .createQuery("""
                        select a, e, (select count(*) from TrialRedemption t where t.person in (:person, a.verifiedEmailHash))
                        from Account a left join EntitlementRow e on e.accountId = a.id
                        where a.issuer = :issuer and a.subject = :subject
                        order by e.id
                        """, EntitlementQueryRow.class)
                .setParameter("person", person)
                .setParameter("issuer", reader.issuer())
                .setParameter("subject", reader.subject())
                .getResultList();
        if (rows.isEmpty()) {
            return Standing.withoutAccount(trials.isRedeemed(person), at);
        }
        Account account = rows.getFirst().account;
        List<Entitlement> rights = rows.stream()
                .map(EntitlementQueryRow::entitlement)
                .filter(Objects::nonNull)
                .map(EntitlementRow::toEntitlement)
                .toList();
        return new Standing(
                Optional.of(account.id), account.version, rights, at, false, rows.getFirst().trialsTaken > 0);
    }

    List<EntitlementRow> findByAccount(UUID account) {
        return list("accountId = ?1 order by from, id", account);
    }
}
