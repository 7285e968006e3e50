package dev.gatefold.shares;

import dev.gatefold.access.GrantReason;
import dev.gatefold.access.bypass.Bypass;
import dev.gatefold.access.bypass.BypassLookup;
import dev.gatefold.access.bypass.BypassProvider;
import dev.gatefold.access.bypass.BypassQuery;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Finds the article that a request's share code opens. During a database outage, share links open nothing. */
@Singleton
@Priority(200)
class SharedLinkBypass implements BypassProvider {
    private final Shares shares;
    private final DatabaseCircuitBreaker circuitBreaker;

    SharedLinkBypass(Shares shares, DatabaseCircuitBreaker circuitBreaker) {
        this.shares = shares;
        this.circuitBreaker = circuitBreaker;
    }

    @Override
    public GrantReason reason() {
        return GrantReason.SHARED_LINK;
    }

    @Override
    public BypassLookup findInMemory(BypassQuery query) {
        return query.shareCode().isPresent() ? BypassLookup.INCOMPLETE : BypassLookup.NONE;
    }

    @Override
    public Optional<Bypass> find(BypassQuery query) {
        return query.shareCode()
                .flatMap(code -> circuitBreaker.callOrElse(
                        () -> shares.findUsable(code, query.readerId(), query.at()), Optional::empty));
    }

    @Override
    public Optional<Bypass> findInTransaction(BypassQuery query) {
        return find(query);
    }

    @Override
    public boolean isRedeemable() {
        return true;
    }

    @Override
    public boolean redeem(BypassQuery query, UUID readerId) {
        return shares.redeem(query.shareCode().orElseThrow(), readerId, query.at());
    }
}
