package dev.gatefold.passes.claims;

import dev.gatefold.entitlements.EntitlementBasis;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One element of the claim {@code rights}.
 *
 * @param basis why the account has the right
 * @param end exclusive end; {@link Instant#MAX} for a right without an end
 * @param sources slugs of the sources that it covers; empty for all sources, including future ones
 */
public record PassRight(EntitlementBasis basis, Instant end, Optional<Set<String>> sources) {
    boolean coversAllSources() {
        return sources.isEmpty();
    }

    /** Returns the value of the claim {@code until}, or empty for a right without an end. */
    Optional<Instant> until() {
        return Optional.of(end).filter(it -> !it.equals(Instant.MAX));
    }

    /** Returns true if the reader has not yet paid for the right, so that it may be withdrawn at any time. */
    boolean isUnpaid() {
        return switch (basis) {
            case GRACE, PENDING_PAYMENT -> true;
            case TRIAL, MEMBER, COMPLIMENTARY, GIFT, HOUSEHOLD, PURCHASED -> false;
        };
    }

    PassRight withEnd(Instant end) {
        return new PassRight(basis, end, sources);
    }

    PassRight withSources(Set<String> sources) {
        return new PassRight(basis, end, Optional.of(sources));
    }
}
