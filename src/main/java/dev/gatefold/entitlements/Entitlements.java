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

/** Repository of stored entitlements. */
@ApplicationScoped
class Entitlements implements PanacheRepositoryBase<EntitlementRow, UUID> {
    /** A row of {@link #STANDING}; the entitlement is null if the account has none. */
    private record StandingRow(
            Account account, EntitlementRow entitlement, BillingStatus billing, Long trialRedemptions) {}

    private static final String STANDING = """
            select a, e, b.billingStatus, (select count(*) from TrialRedemption t where t.personHash in (:personHash, a.verifiedEmailHash))
            from Account a left join EntitlementRow e on e.accountId = a.id left join ReaderBilling b on b.accountId = a.id
            where a.issuer = :issuer and a.subject = :subject
            order by e.id
            """;

    private final TrialRedemptions trials;
    private final PersonFingerprints fingerprints;

    Entitlements(TrialRedemptions trials, PersonFingerprints fingerprints) {
        this.trials = trials;
        this.fingerprints = fingerprints;
    }

    /** Loads the standing of a reader with one query if the reader has an account. */
    @Transactional
    Standing loadStanding(Identity reader, Instant at) {
        byte[] personHash = fingerprints.fingerprintOf(reader);
        List<StandingRow> rows = getEntityManager()
                .createQuery(STANDING, StandingRow.class)
                .setParameter("personHash", personHash)
                .setParameter("issuer", reader.issuer())
                .setParameter("subject", reader.subject())
                .getResultList();
        if (rows.isEmpty()) {
            return Standing.withoutAccount(trials.isRedeemed(personHash), at);
        }
        Account account = rows.getFirst().account;
        List<Entitlement> entitlements = rows.stream()
                .map(StandingRow::entitlement)
                .filter(Objects::nonNull)
                .map(EntitlementRow::toEntitlement)
                .toList();
        boolean trialUsed = rows.getFirst().trialRedemptions > 0;
        BillingStatus billing = Optional.ofNullable(rows.getFirst().billing).orElse(BillingStatus.NONE);
        return new Standing(Optional.of(account.id), account.version, entitlements, at, false, trialUsed, billing);
    }

    /** Returns the entitlements of an account, past and future ones included, by start. */
    List<EntitlementRow> findByAccount(UUID account) {
        return list("accountId = ?1 order by validFrom, id", account);
    }
}
