package dev.gatefold.passes.issuance;

import dev.gatefold.passes.claims.PassAudience;
import jakarta.persistence.Tuple;
import java.util.UUID;

/**
 * An account with passes that are older than its present entitlements.
 *
 * @param version the present version of the account; passes with a lower version are revoked
 */
public record SupersededPass(UUID account, PassAudience audience, long version) {
    static SupersededPass of(Tuple row) {
        return new SupersededPass(
                row.get("account_id", UUID.class),
                PassAudience.valueOf(row.get("audience", String.class)),
                row.get("version", Long.class));
    }
}
