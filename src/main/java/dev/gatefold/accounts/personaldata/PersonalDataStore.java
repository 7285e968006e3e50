package dev.gatefold.accounts.personaldata;

import dev.gatefold.accounts.account.Account;
import java.time.Instant;

/** Exports and erases the personal data of one module. */
public interface PersonalDataStore {
    /** Returns the name of this module's member in the exported JSON document. */
    String exportMember();

    /**
     * Returns the personal data of a reader, to be serialized as JSON. It contains no data of other persons and no secrets
     * with which someone could act as the reader.
     */
    Object export(Account account);

    /**
     * Erases the personal data of a reader. All modules are erased in one transaction; records that must be retained can no
     * longer be linked to the person afterwards.
     *
     * @param account with its values before the erasure
     * @throws dev.gatefold.kernel.Problem if the data cannot be erased yet, which rolls back the whole erasure
     */
    void erase(Account account, Instant at);
}
