package dev.gatefold.passes;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.accounts.Account;
import dev.gatefold.accounts.Keeper;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * To which kinds of bearer a reader has been given passes. What is noted of them goes with the last of them, within days:
 * until then it is what makes them void, since the account has another version.
 */
@Singleton
class KeptPasses implements Keeper {
    /**
     * Those for one audience.
     *
     * @param version of what they say the reader holds
     * @param outdatedUntil when the last of those of older versions ends
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Kept(Audience audience, long version, Instant livesUntil, Instant outdatedUntil) {}

    private final IssuedPasses issued;

    KeptPasses(IssuedPasses issued) {
        this.issued = issued;
    }

    @Override
    public String member() {
        return "passes";
    }

    @Override
    public List<Kept> kept(Account account) {
        return issued.of(account.id);
    }

    @Override
    public void forget(Account account, Instant at) {
        // they are void as soon as the account has another version, for as long as their row stays
    }
}
