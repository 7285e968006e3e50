package dev.gatefold.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Keeper;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** What staff have given to a reader. That they did stays written; why, in words that may tell of the reader, does not. */
@Singleton
class KeptGrants implements Keeper {
    /** Without the name of whoever gave it, who is somebody too. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Kept(String reason, Instant grantedAt, Instant endedAt) {
        private static Kept of(StaffGrant grant) {
            return new Kept(grant.reason, grant.grantedAt, grant.endedAt);
        }
    }

    private final StaffGrants grants;

    KeptGrants(StaffGrants grants) {
        this.grants = grants;
    }

    @Override
    public String member() {
        return "grants";
    }

    @Override
    public List<Kept> kept(Account account) {
        return grants.of(account.id).stream().map(Kept::of).toList();
    }

    @Override
    public void forget(Account account, Instant at) {
        grants.update("reason = 'erased', asked = '' where accountId = ?1", account.id);
    }
}
