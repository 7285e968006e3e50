package dev.gatefold.accounts.account;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An account, as its reader sees it. */
@Schema(requiredProperties = {"id", "createdAt", "version"})
record AccountProfile(
        UUID id, String email, String name, String locale, String timeZone, Instant createdAt, long version) {
    static AccountProfile of(Account account) {
        return new AccountProfile(
                account.id,
                account.email,
                account.name,
                account.locale,
                account.timeZone,
                account.createdAt,
                account.version);
    }
}
