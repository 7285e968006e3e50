package dev.gatefold.entitlements;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.PersonFingerprints;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * Exports and erases the entitlements of a reader. Erasure ends them and retains only the fingerprints of a redeemed trial,
 * so that the person cannot start another one.
 */
@Singleton
class EntitlementPersonalData implements PersonalDataStore {
    /**
     * The exported document.
     *
     * @param trialTaken whether the person has had a free trial, with this account or an earlier one
     * @param trialCards the cards that were used in a trial at the billing provider
     */
    record EntitlementExport(boolean trialTaken, List<TrialCardEntry> trialCards, List<EntitlementEntry> items) {}

    record TrialCardEntry(Instant recordedAt) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EntitlementEntry(
            EntitlementBasis basis,
            String origin,
            String plan,
            String source,
            String article,
            Instant from,
            Instant until) {
        private static EntitlementEntry of(EntitlementRow row) {
            return new EntitlementEntry(
                    row.basis, row.origin, row.plan, row.source, row.articleName, row.validFrom, row.validUntil);
        }
    }

    private final Entitlements entitlements;
    private final EntitlementGrants grants;
    private final TrialRedemptions trials;
    private final TrialCards cards;
    private final PersonFingerprints fingerprints;

    EntitlementPersonalData(
            Entitlements entitlements,
            EntitlementGrants grants,
            TrialRedemptions trials,
            TrialCards cards,
            PersonFingerprints fingerprints) {
        this.entitlements = entitlements;
        this.grants = grants;
        this.trials = trials;
        this.cards = cards;
        this.fingerprints = fingerprints;
    }

    @Override
    public String exportMember() {
        return "rights";
    }

    @Override
    public EntitlementExport export(Account account) {
        return new EntitlementExport(
                fingerprints.fingerprintsOf(account).stream().anyMatch(trials::isRedeemed),
                cards.recordedFor(account.id).stream().map(TrialCardEntry::new).toList(),
                entitlements.findByAccount(account.id).stream()
                        .map(EntitlementEntry::of)
                        .toList());
    }

    @Override
    public void erase(Account account, Instant at) {
        // a trial that was granted without redemption must also count for later accounts of the person
        if (entitlements.findByAccount(account.id).stream().anyMatch(row -> row.basis == EntitlementBasis.TRIAL)) {
            var _ = trials.redeem(fingerprints.fingerprintsOf(account));
        }
        cards.deleteFor(account.id);
        grants.endAll(account.id, at);
    }
}
