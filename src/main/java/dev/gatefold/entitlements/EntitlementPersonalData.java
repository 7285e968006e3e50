package dev.gatefold.entitlements;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.account.PersonFingerprints;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** The rights of a reader. With the reader they end, and only that there was a trial is known for ever. */
@Singleton
class EntitlementPersonalData implements PersonalDataStore {
    /** @param trialTaken whether the free trial has been taken, with this account or an earlier one */
    record EntitlementExport(boolean trialTaken, List<EntitlementEntry> items) {}

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
                    row.basis, row.origin, row.plan, row.source, row.articleName, row.from, row.until);
        }
    }

    private final Entitlements entitlements;
    private final EntitlementGrants granting;
    private final TrialRedemptions trials;
    private final PersonFingerprints persons;

    EntitlementPersonalData(
            Entitlements entitlements,
            EntitlementGrants granting,
            TrialRedemptions trials,
            PersonFingerprints persons) {
        this.entitlements = entitlements;
        this.granting = granting;
        this.trials = trials;
        this.persons = persons;
    }

    @Override
    public String exportMember() {
        return "rights";
    }

    @Override
    public EntitlementExport export(Account account) {
        return new EntitlementExport(
                persons.fingerprintsOf(account).stream().anyMatch(trials::isRedeemed),
                entitlements.findByAccount(account.id).stream()
                        .map(EntitlementEntry::of)
                        .toList());
    }

    @Override
    public void erase(Account account, Instant at) {
        // of trials from before they were noted nothing else would be left
        if (entitlements.findByAccount(account.id).stream().anyMatch(right -> right.basis == EntitlementBasis.TRIAL)) {
            var _ = trials.redeem(persons.fingerprintsOf(account));
        }
        granting.endAll(account.id, at);
    }
}
