package dev.gatefold.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** What staff have given to a reader. That they did stays written; why, in words that may tell of the reader, does not. */
@Singleton
class StaffGrantsPersonalData implements PersonalDataStore {
    /** Without the name of whoever gave it, who is somebody too. */
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
        return grants.byAccount(account.id).stream().map(ExportedGrant::of).toList();
    }

    @Override
    public void erase(Account account, Instant at) {
        grants.update("reason = 'erased', requestParams = '' where accountId = ?1", account.id);
    }
}
