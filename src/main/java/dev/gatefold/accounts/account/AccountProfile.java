package dev.gatefold.accounts.account;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The account in responses to its reader.
 *
 * @param email null if unknown
 * @param emailVerified whether the issuer states that it has verified the address
 * @param name null if unknown
 * @param locale BCP 47 language tag; null if unknown
 * @param timeZone IANA time zone; null if unknown
 * @param version increases with every change of the account's entitlements
 */
@Schema(requiredProperties = {"id", "emailVerified", "createdAt", "version"})
record AccountProfile(
        UUID id,
        String email,
        boolean emailVerified,
        String name,
        String locale,
        String timeZone,
        Instant createdAt,
        long version) {
    static AccountProfile of(Account account) {
        return new AccountProfile(
                account.id,
                account.email,
                account.emailVerified,
                account.name,
                account.locale,
                account.timeZone,
                account.createdAt,
                account.version);
    }
}
