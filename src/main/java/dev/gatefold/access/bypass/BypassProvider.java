package dev.gatefold.access.bypass;

import dev.gatefold.access.GrantReason;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds one kind of bypass. Each implementation is a bean; its {@code @Priority} orders the providers, highest first. A
 * provider is called only for requests that entitlements alone do not grant.
 */
public interface BypassProvider {
    /** Returns the reason of grants by this provider's bypasses; no two providers share one. */
    GrantReason reason();

    /** Looks up the bypass of a request in memory. Must not block: it runs on the event loop. */
    BypassLookup findInMemory(BypassQuery query);

    /** Looks up the bypass of a request. May wait for the database or the network. */
    Optional<Bypass> find(BypassQuery query);

    /** Looks up the bypass of a request within a database transaction. Must not wait for the network. */
    Optional<Bypass> findInTransaction(BypassQuery query);

    /** Returns true if every use by a device must be recorded with {@link #redeem}. */
    default boolean isRedeemable() {
        return false;
    }

    /**
     * Records one use of the bypass, in the caller's transaction.
     *
     * @param readerId id of the account or visitor that uses it
     * @return false if the bypass cannot be used any more
     */
    default boolean redeem(BypassQuery query, UUID readerId) {
        return true;
    }
}
