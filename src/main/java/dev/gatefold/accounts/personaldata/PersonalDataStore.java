package dev.gatefold.accounts.personaldata;

import dev.gatefold.accounts.account.Account;
import java.time.Instant;

/** A room that keeps something about readers. Whoever keeps something tells it to its reader, and forgets it. */
public interface PersonalDataStore {
    /** The member of the reader's own document under which it stands. */
    String exportMember();

    /**
     * All that is kept of a reader, as it goes out in JSON: nothing of anybody else, and nothing by which somebody could
     * act as the reader.
     */
    Object export(Account account);

    /**
     * Forgets the reader, in one transaction with all other rooms. What has to stay leads to nobody afterwards. A problem
     * where the reader cannot be forgotten yet; then no room has forgotten anything.
     *
     * @param account as it was until now
     */
    void erase(Account account, Instant at);
}
