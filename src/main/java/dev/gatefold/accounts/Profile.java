package dev.gatefold.accounts;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An account, as its reader sees it. */
@Schema(requiredProperties = {"id", "createdAt", "version"})
record Profile(UUID id, String email, String name, String locale, String timeZone, Instant createdAt, long version) {
    static Profile of(Account account) {
        return new Profile(
                account.id,
                account.email,
                account.name,
                account.locale,
                account.timeZone,
                account.createdAt,
                account.version);
    }
}
