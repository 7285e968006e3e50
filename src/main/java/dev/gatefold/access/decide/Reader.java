package dev.gatefold.access.decide;

import dev.gatefold.accounts.visitors.Visitor;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Identity;
import java.util.Optional;
import java.util.UUID;

/**
 * The reader of an access request.
 *
 * @param identity identity in a verified access token; empty for a reader who is not signed in
 * @param visitor visitor in a verified visitor token
 */
public record Reader(Optional<Identity> identity, Optional<Visitor> visitor) {
    /** Returns the owner of the meters: the account, or the visitor if there is no account; empty if there is neither. */
    Optional<UUID> meterHolder(Standing standing) {
        return standing.account().or(() -> visitor.map(Visitor::id));
    }

    /** Returns false if the visitor may not use a meter; true for readers without a visitor token. */
    boolean canUseMeter() {
        return visitor.map(Visitor::canUseMeter).orElse(true);
    }
}
