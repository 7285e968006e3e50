package dev.gatefold.passes;

import dev.gatefold.entitlements.Basis;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a pass says of one right.
 *
 * @param end {@link Instant#MAX} for a right without an end
 * @param sources the slugs; empty for every source, also those to come
 */
record Covered(Basis basis, Instant end, Optional<Set<String>> sources) {
    boolean isEverything() {
        return sources.isEmpty();
    }

    Optional<Instant> until() {
        return Optional.of(end).filter(it -> !it.equals(Instant.MAX));
    }

    /** Nothing has been paid for it: it may be trusted for as long as it can be taken back, and not beyond. */
    boolean isOwed() {
        return switch (basis) {
            case GRACE, PENDING_PAYMENT -> true;
            case TRIAL, MEMBER, COMPLIMENTARY, GIFT, HOUSEHOLD, PURCHASED -> false;
        };
    }

    Covered with(Instant end) {
        return new Covered(basis, end, sources);
    }

    Covered with(Set<String> sources) {
        return new Covered(basis, end, Optional.of(sources));
    }
}
