package dev.gatefold.shares;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.account.Account;
import dev.gatefold.accounts.personaldata.PersonalDataStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** What a reader has given away, and has been given. The links go with the reader. */
@Singleton
class SharesPersonalData implements PersonalDataStore {
    record ExportedShares(List<ExportedCreatedShare> given, List<ExportedOpenedShare> opened) {}

    /** @param devices how many have used it; whose they are is not the giver's to know */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExportedCreatedShare(
            String code,
            String source,
            String article,
            Instant givenAt,
            Instant expiresAt,
            Instant revokedAt,
            int devices) {
        private static ExportedCreatedShare of(Share share) {
            return new ExportedCreatedShare(
                    share.code,
                    share.source,
                    share.articleName,
                    share.givenAt,
                    share.expiresAt,
                    share.revokedAt,
                    share.devices.length);
        }
    }

    /** An article that somebody has given away, without their code. */
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

    /** Among the devices of others' links one stays counted, which is nobody's. */
    @Override
    public void erase(Account account, Instant at) {
        shares.delete("accountId", account.id);
    }
}
