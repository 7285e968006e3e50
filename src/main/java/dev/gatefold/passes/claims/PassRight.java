package dev.gatefold.passes.claims;

import dev.gatefold.entitlements.EntitlementBasis;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a pass says of one right.
 *
 * @param end {@link Instant#MAX} for a right without an end
 * @param sources the slugs; empty for every source, also those to come
 */
public record PassRight(EntitlementBasis basis, Instant end, Optional<Set<String>> sources) {
    boolean coversAllSources() {
        return sources.isEmpty();
    }

    Optional<Instant> until() {
        return Optional.of(end).filter(it -> !it.equals(Instant.MAX));
    }

    /** Nothing has been paid for it: it may be trusted for as long as it can be taken back, and not beyond. */
    boolean isUnpaid() {
        return switch (basis) {
            case GRACE, PENDING_PAYMENT -> true;
            case TRIAL, MEMBER, COMPLIMENTARY, GIFT, HOUSEHOLD, PURCHASED -> false;
        };
    }

    PassRight with(Instant end) {
        return new PassRight(basis, end, sources);
    }

    PassRight with(Set<String> sources) {
        return new PassRight(basis, end, Optional.of(sources));
    }
}
