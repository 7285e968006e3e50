package dev.gatefold.access.decide;

import dev.gatefold.access.meter.MeterPeekResult;
import dev.gatefold.access.meter.Meters;
import dev.gatefold.platform.database.DatabaseCircuitBreaker;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Resolves rations by reading the meters, with one query for all articles. Grants them during a database outage. */
@Singleton
final class MeterResolver {
    private final Meters meters;
    private final DatabaseCircuitBreaker circuitBreaker;

    MeterResolver(Meters meters, DatabaseCircuitBreaker circuitBreaker) {
        this.meters = meters;
        this.circuitBreaker = circuitBreaker;
    }

    /** Resolves all rations; empty if the account's entitlements have changed since the standing was loaded. */
    Optional<Rulings> resolveIfCurrent(Rulings rulings) {
        Optional<MeterPeekResult> peeked = peek(rulings);
        boolean isOutdated = peeked.flatMap(MeterPeekResult::accountVersion)
                .filter(version -> version != rulings.standing().version())
                .isPresent();
        return isOutdated ? Optional.empty() : Optional.of(resolve(rulings, peeked));
    }

    /** Resolves all rations, if any, whatever the version of the account. */
    Rulings resolve(Rulings rulings) {
        return rulings.needsMeter() ? resolve(rulings, peek(rulings)) : rulings;
    }

    private static Rulings resolve(Rulings rulings, Optional<MeterPeekResult> peeked) {
        return peeked.map(it -> rulings.withTallies(it.tallies())).orElseGet(rulings::withoutMeters);
    }

    private Optional<MeterPeekResult> peek(Rulings rulings) {
        return circuitBreaker.callOrElse(
                () -> Optional.of(meters.peek(rulings.holder().orElseThrow(), rulings.meterQueries())),
                Optional::empty);
    }
}
