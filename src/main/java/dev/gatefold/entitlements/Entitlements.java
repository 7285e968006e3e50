package dev.gatefold.entitlements;

import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Persons;
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
class Entitlements implements PanacheRepositoryBase<Entitlement, UUID> {
    private record Row(Account account, Entitlement entitlement, Long trialsTaken) {}

    private final TrialsTaken trials;
    private final Persons persons;

    Entitlements(TrialsTaken trials, Persons persons) {
        this.trials = trials;
        this.persons = persons;
    }

    /** In one query, since every first question of a reader asks it. */
    @Transactional
    Standing standingOf(Identity reader, Instant at) {
        byte[] person = persons.of(reader);
        List<Row> rows = getEntityManager()
                .createQuery("""
                        select a, e, (select count(*) from TrialTaken t where t.person in (:person, a.verifiedEmail))
                        from Account a left join Entitlement e on e.accountId = a.id
                        where a.issuer = :issuer and a.subject = :subject
                        order by e.id
                        """, Row.class)
                .setParameter("person", person)
                .setParameter("issuer", reader.issuer())
                .setParameter("subject", reader.subject())
                .getResultList();
        if (rows.isEmpty()) {
            return Standing.stranger(trials.isTaken(person), at);
        }
        Account account = rows.getFirst().account;
        List<Right> rights = rows.stream()
                .map(Row::entitlement)
                .filter(Objects::nonNull)
                .map(Entitlement::right)
                .toList();
        return new Standing(
                Optional.of(account.id), account.version, rights, at, false, rows.getFirst().trialsTaken > 0);
    }

    List<Entitlement> of(UUID account) {
        return list("accountId = ?1 order by from, id", account);
    }
}
