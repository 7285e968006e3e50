package dev.gatefold.passes.issuance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import dev.gatefold.passes.claims.PassAudience;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;

/** Exports and erases the personal data of the module passes: the record of issued passes. */
@Singleton
class PassPersonalData implements PersonalDataStore {
    /**
     * The unexpired passes of an account for one audience.
     *
     * @param version the newest account version of these passes
     * @param expiresAt latest expiry of the passes with that version
     * @param outdatedExpiresAt latest expiry of the passes with lower versions; null if there are none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record IssuedPassExport(
            PassAudience audience,
            long version,
            @JsonProperty("livesUntil") Instant expiresAt,
            @JsonProperty("outdatedUntil") Instant outdatedExpiresAt) {
        static IssuedPassExport of(Tuple row) {
            return new IssuedPassExport(
                    PassAudience.valueOf(row.get("audience", String.class)),
                    row.get("account_version", Long.class),
                    row.get("expires_at", Instant.class),
                    row.get("outdated_expires_at", Instant.class));
        }
    }

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

    /**
     * Keeps the rows until the passes expire, at most seven days later: erasure raises the version of the account, and the
     * rows are what revokes its passes.
     */
    @Override
    public void erase(Account account, Instant at) {}
}
