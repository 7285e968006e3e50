package dev.gatefold.privacy;

import dev.gatefold.accounts.account.Account;
import java.time.Instant;
import java.util.UUID;

/** The account in the exported document. Values that the reader has not given are null. */
record ExportedAccount(
        UUID id,
        String issuer,
        String subject,
        String email,
        boolean emailVerified,
        Instant emailClaimedAt,
        String name,
        String locale,
        String timeZone,
        Instant createdAt,
        long version) {
    static ExportedAccount of(Account account) {
        return new ExportedAccount(
                account.id,
                account.issuer,
                account.subject,
                account.email,
                account.emailVerified,
                account.emailClaimedAt,
                account.name,
                account.locale,
                account.timeZone,
                account.createdAt,
                account.version);
    }
}
