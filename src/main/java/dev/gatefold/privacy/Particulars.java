package dev.gatefold.privacy;

import dev.gatefold.accounts.Account;
import java.time.Instant;
import java.util.UUID;

/** The account itself, with the identity that it belongs to. */
record Particulars(
        UUID id,
        String issuer,
        String subject,
        String email,
        String name,
        String locale,
        String timeZone,
        Instant createdAt,
        long version) {
    static Particulars of(Account account) {
        return new Particulars(
                account.id,
                account.issuer,
                account.subject,
                account.email,
                account.name,
                account.locale,
                account.timeZone,
                account.createdAt,
                account.version);
    }
}
