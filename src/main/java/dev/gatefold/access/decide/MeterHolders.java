package dev.gatefold.access.decide;

import dev.gatefold.accounts.visitors.Visitor;
import dev.gatefold.entitlements.StandingCache;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Finds the ids under which a reader's reads and meters may be stored. */
@Singleton
public final class MeterHolders {
    private final StandingCache standings;

    MeterHolders(StandingCache standings) {
        this.standings = standings;
    }

    /** Returns the ids of the account and of the visitor that the reader was before sign-up, the account first. Blocks. */
    public List<UUID> find(Reader reader, Instant at) {
        Optional<UUID> account =
                reader.identity().flatMap(it -> standings.get(it, at).account());
        return Stream.of(account, reader.visitor().map(Visitor::id))
                .flatMap(Optional::stream)
                .toList();
    }
}
