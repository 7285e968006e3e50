package dev.gatefold.passes.issuance;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import dev.gatefold.passes.claims.PassAudience;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * To which kinds of bearer a reader has been given passes. What is noted of them goes with the last of them, within days:
 * until then it is what makes them void, since the account has another version.
 */
@Singleton
class PassPersonalData implements PersonalDataStore {
    /**
     * Those for one audience.
     *
     * @param version of what they say the reader holds
     * @param outdatedUntil when the last of those of older versions ends
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record IssuedPassExport(PassAudience audience, long version, Instant livesUntil, Instant outdatedUntil) {}

    private final IssuedPasses issued;

    PassPersonalData(IssuedPasses issued) {
        this.issued = issued;
    }

    @Override
    public String exportMember() {
        return "passes";
    }

    @Override
    public List<IssuedPassExport> export(Account account) {
        return issued.findByAccount(account.id);
    }

    @Override
    public void erase(Account account, Instant at) {
        // they are void as soon as the account has another version, for as long as their row stays
    }
}
