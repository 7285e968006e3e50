package dev.gatefold.accounts.account;

import dev.gatefold.kernel.Identity;
import jakarta.persistence.Tuple;

/**
 * The version of an account after {@link Accounts#bumpVersion}.
 *
 * @param reader the identity that signed up
 * @param version greater than every earlier version of the account
 */
public record AccountVersion(Identity reader, long version) {
    static AccountVersion of(Tuple row) {
        return new AccountVersion(
                new Identity(row.get("issuer", String.class), row.get("subject", String.class)),
                row.get("version", Number.class).longValue());
    }
}
