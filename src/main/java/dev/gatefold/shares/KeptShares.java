package dev.gatefold.shares;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Keeper;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** What a reader has given away, and has been given. The links go with the reader. */
@Singleton
class KeptShares implements Keeper {
    record Kept(List<Given> given, List<Opened> opened) {}

    /** @param devices how many have used it; whose they are is not the giver's to know */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Given(
            String code,
            String source,
            String article,
            Instant givenAt,
            Instant expiresAt,
            Instant revokedAt,
            int devices) {
        private static Given of(Share share) {
            return new Given(
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
    record Opened(String source, String article) {}

    private final Shares shares;

    KeptShares(Shares shares) {
        this.shares = shares;
    }

    @Override
    public String member() {
        return "shares";
    }

    @Override
    public Kept kept(Account account) {
        return new Kept(
                shares.of(account.id).stream().map(Given::of).toList(),
                shares.openedBy(account.id).stream()
                        .map(share -> new Opened(share.source, share.articleName))
                        .toList());
    }

    /** Among the devices of others' links one stays counted, which is nobody's. */
    @Override
    public void forget(Account account, Instant at) {
        shares.delete("accountId", account.id);
    }
}
