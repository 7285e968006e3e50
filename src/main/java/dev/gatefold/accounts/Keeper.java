package dev.gatefold.accounts;

import java.time.Instant;

/** A room that keeps something about readers. Whoever keeps something tells it to its reader, and forgets it. */
public interface Keeper {
    /** The member of the reader's own document under which it stands. */
    String member();

    /**
     * All that is kept of a reader, as it goes out in JSON: nothing of anybody else, and nothing by which somebody could
     * act as the reader.
     */
    Object kept(Account account);

    /**
     * Forgets the reader, in one transaction with all other rooms. What has to stay leads to nobody afterwards. A problem
     * where the reader cannot be forgotten yet; then no room has forgotten anything.
     *
     * @param account as it was until now
     */
    void forget(Account account, Instant at);
}
