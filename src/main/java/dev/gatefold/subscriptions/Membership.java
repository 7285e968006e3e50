package dev.gatefold.subscriptions;

import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Right;
import dev.gatefold.entitlements.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a reader is told about their membership.
 *
 * @param accessUntil when everything that is held now, and follows on it without a gap, has ended; null where nothing
 *     is held, or for ever
 * @param trial null where none was started
 * @param subscription null until something is bought
 */
record Membership(
        State state, Instant accessUntil, Trial trial, Object subscription, List<Grant> grants, long version) {
    enum State {
        NONE,
        TRIAL,
        ACTIVE,
        GRACE,
        ENDED
    }

    record Trial(String plan, Instant startedAt, Instant endsAt) {}

    record Grant(Basis basis, String plan, Instant from, Instant until) {}

    static Membership of(Standing standing, Instant at) {
        return new Membership(
                state(standing, at),
                standing.heldUntil(at).filter(end -> !end.equals(Instant.MAX)).orElse(null),
                StartTrial.of(standing).map(Membership::trial).orElse(null),
                null,
                standing.rights().stream().map(Membership::grant).toList(),
                standing.version());
    }

    private static State state(Standing standing, Instant at) {
        Set<Basis> live = standing.live(at).map(Right::basis).collect(Collectors.toSet());
        if (live.isEmpty()) {
            return standing.lastEnded(at).isPresent() ? State.ENDED : State.NONE;
        }
        if (live.equals(Set.of(Basis.TRIAL))) {
            return State.TRIAL;
        }
        live.remove(Basis.TRIAL);
        return live.equals(Set.of(Basis.GRACE)) ? State.GRACE : State.ACTIVE;
    }

    private static Trial trial(Right right) {
        return new Trial(right.plan(), right.term().from(), right.term().end());
    }

    private static Grant grant(Right right) {
        Optional<Instant> until = right.term().until();
        return new Grant(right.basis(), right.plan(), right.term().from(), until.orElse(null));
    }
}
