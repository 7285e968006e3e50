package dev.gatefold.shares;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** Exports and erases the personal data of the module shares: links that a reader has created or opened. */
@Singleton
class SharesPersonalData implements PersonalDataStore {
    /**
     * The shares of a reader.
     *
     * @param created links that the reader has created
     * @param opened articles that others have shared and the reader has opened
     */
    record ExportedShares(
            @JsonProperty("given") List<ExportedCreatedShare> created, List<ExportedOpenedShare> opened) {}

    /**
     * A link that the reader has created.
     *
     * @param devices number of devices that have opened it; their identities are the data of other readers
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExportedCreatedShare(
            String code,
            String source,
            String article,
            @JsonProperty("givenAt") Instant createdAt,
            Instant expiresAt,
            Instant revokedAt,
            int devices) {
        private static ExportedCreatedShare of(Share share) {
            return new ExportedCreatedShare(
                    share.code,
                    share.source,
                    share.articleName,
                    share.createdAt,
                    share.expiresAt,
                    share.revokedAt,
                    share.deviceIds.length);
        }
    }

    /** An article that another member has shared. The code is omitted: it is a secret of that member. */
    record ExportedOpenedShare(String source, String article) {}

    private final Shares shares;

    SharesPersonalData(Shares shares) {
        this.shares = shares;
    }

    @Override
    public String exportMember() {
        return "shares";
    }

    @Override
    public ExportedShares export(Account account) {
        return new ExportedShares(
                shares.byAccount(account.id).stream()
                        .map(ExportedCreatedShare::of)
                        .toList(),
                shares.openedBy(account.id).stream()
                        .map(share -> new ExportedOpenedShare(share.source, share.articleName))
                        .toList());
    }

    /**
     * Deletes the links that the reader has created. In links of others the random ID of the account stays, so that the
     * number of devices stays correct; after the erasure it identifies no person.
     */
    @Override
    public void erase(Account account, Instant at) {
        shares.delete("accountId", account.id);
    }
}
