package dev.gatefold.access.decide;

import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.entitlements.StandingCache;
import dev.gatefold.kernel.Identity;
import dev.gatefold.web.endpoint.EndpointLinks;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Rules on queries by the current catalog and the reader's standing from the cache or the database. */
@Singleton
final class RulingsFactory {
    private final CurrentCatalog catalog;
    private final StandingCache standings;
    private final EndpointLinks links;

    RulingsFactory(CurrentCatalog catalog, StandingCache standings, EndpointLinks links) {
        this.catalog = catalog;
        this.standings = standings;
        this.links = links;
    }

    /** Rules by the cached standing; empty if the cache has no fresh one. Never blocks. */
    Optional<Rulings> fromCache(AccessQuery query) {
        Optional<Identity> identity = query.reader().identity();
        Optional<Standing> standing = identity.isPresent()
                ? standings.getIfFresh(identity.get(), query.at())
                : Optional.of(Standing.anonymous(query.at()));
        return standing.map(it -> Rulings.of(query, catalog.get(), links, it));
    }

    /** Rules by the standing in the database, or by the last known one during a database outage. Blocks. */
    Rulings fromDatabase(AccessQuery query) {
        return fromDatabase(query, query.at());
    }

    /** Rules at the instant of the query, by a standing that is loaded {@code now}. Blocks. */
    Rulings fromDatabase(AccessQuery query, Instant now) {
        Standing standing = query.reader()
                .identity()
                .map(identity -> standings.reload(identity, now))
                .orElseGet(() -> Standing.anonymous(now));
        return Rulings.of(query, catalog.get(), links, standing);
    }

    /** Rules by the cached standing, and again by the database if the cached one does not grant everything. Blocks. */
    Rulings confirmed(AccessQuery query) {
        return fromCache(query).filter(rulings -> !rulings.needsConfirmation()).orElseGet(() -> fromDatabase(query));
    }
}
