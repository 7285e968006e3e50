package dev.gatefold.access.decide;

import dev.gatefold.accounts.visitors.Visitor;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Identity;
import java.util.Optional;
import java.util.UUID;

/** Whoever asks: by a verified token, by a visitor's, by both, or by none. */
public record Reader(Optional<Identity> identity, Optional<Visitor> visitor) {
    /** Whose meters count: the account's, or, while there is none, the visitor's. */
    Optional<UUID> meterHolder(Standing standing) {
        return standing.account().or(() -> visitor.map(Visitor::id));
    }

    /** Whether a meter is spent for somebody without an account. */
    boolean canUseMeter() {
        return visitor.map(Visitor::canUseMeter).orElse(true);
    }
}
