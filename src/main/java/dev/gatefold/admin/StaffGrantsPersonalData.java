package dev.gatefold.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** Exports and erases staff grants. Erasure retains the record of the grant and replaces its free text. */
@Singleton
class StaffGrantsPersonalData implements PersonalDataStore {
    /** A grant in the export. Does not name the staff members, which would be personal data of others. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExportedGrant(String reason, Instant grantedAt, Instant endedAt) {
        private static ExportedGrant of(StaffGrant grant) {
            return new ExportedGrant(grant.reason, grant.grantedAt, grant.endedAt);
        }
    }

    private final StaffGrants grants;

    StaffGrantsPersonalData(StaffGrants grants) {
        this.grants = grants;
    }

    @Override
    public String exportMember() {
        return "grants";
    }

    @Override
    public List<ExportedGrant> export(Account account) {
        return grants.findByAccount(account.id).stream().map(ExportedGrant::of).toList();
    }

    @Override
    public void erase(Account account, Instant at) {
        grants.update("reason = 'erased', requestParams = '' where accountId = ?1", account.id);
    }
}
