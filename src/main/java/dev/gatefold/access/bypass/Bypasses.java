package dev.gatefold.access.bypass;

import dev.gatefold.access.GrantReason;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks up the bypasses of a request with all {@linkplain BypassProvider providers}. */
@Singleton
public final class Bypasses {
    private final List<BypassProvider> providers;

    Bypasses(@All List<BypassProvider> providers) {
        this.providers = List.copyOf(providers);
    }

    /** Returns the bypasses of a request without blocking; empty if {@link #find} must be called. */
    public Optional<List<Bypass>> findInMemory(BypassQuery query) {
        List<Bypass> found = new ArrayList<>(providers.size());
        for (BypassProvider provider : providers) {
            BypassLookup lookup = provider.findInMemory(query);
            if (!lookup.isComplete()) {
                return Optional.empty();
            }
            lookup.bypass().ifPresent(found::add);
        }
        return Optional.of(List.copyOf(found));
    }

    /** Returns the bypasses of a request; may wait for the database and the network. */
    public List<Bypass> find(BypassQuery query) {
        return collect(provider -> provider.find(query));
    }

    /** Returns the bypasses of a request within a transaction, without waiting for the network. */
    public List<Bypass> findInTransaction(BypassQuery query) {
        return collect(provider -> provider.findInTransaction(query));
    }

    /** Returns the provider whose bypasses grant with a reason, if their uses must be recorded. */
    public Optional<BypassProvider> redeemableProvider(GrantReason reason) {
        return providers.stream()
                .filter(provider -> provider.reason() == reason && provider.isRedeemable())
                .findFirst();
    }

    private List<Bypass> collect(Function<BypassProvider, Optional<Bypass>> find) {
        return providers.stream().map(find).flatMap(Optional::stream).toList();
    }
}
