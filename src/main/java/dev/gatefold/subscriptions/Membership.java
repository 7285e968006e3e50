package dev.gatefold.subscriptions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.Interval;
import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Right;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Money;
import dev.gatefold.kernel.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a reader is told about their membership.
 *
 * @param accessUntil when everything that is held now, and follows on it without a gap, has ended; null where nothing
 *     is held, or for ever. Of a subscription that renews, the end of the paid period.
 * @param trial null where none was started
 * @param subscription the one that goes on, or else the last; null where nothing was ever bought
 */
@Schema(requiredProperties = {"state", "grants", "version"})
public record Membership(
        State state, Instant accessUntil, Trial trial, Bought subscription, List<Grant> grants, long version) {
    /** Whoever bills knows whole seconds only. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    public enum State {
        NONE,
        TRIAL,
        ACTIVE,
        GRACE,
        PAUSED,
        CANCELING,
        ENDED
    }

    public record Trial(String plan, Instant startedAt, Instant endsAt) {}

    /**
     * A right: to what a plan covers, or to one article of a source.
     *
     * @param until null where it has no end
     */
    @Schema(requiredProperties = {"basis", "from"})
    public record Grant(
            Basis basis,
            @JsonInclude(JsonInclude.Include.NON_NULL) String plan,
            @JsonInclude(JsonInclude.Include.NON_NULL) String source,
            @JsonInclude(JsonInclude.Include.NON_NULL) String article,
            Instant from,
            Instant until) {
        private static Grant of(Right right) {
            Instant from = right.term().from();
            Instant until = right.term().until().orElse(null);
            return switch (right.coverage()) {
                case Coverage.OfPlan(String plan) -> new Grant(right.basis(), plan, null, null, from, until);
                case Coverage.OfArticle one -> new Grant(right.basis(), null, one.source(), one.name(), from, until);
            };
        }
    }

    /**
     * A subscription, as its reader sees it.
     *
     * @param paidUntil when the current period ends, and a renewal is due
     * @param endsAt when a cancellation takes effect; absent where it renews
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(requiredProperties = {"plan", "interval", "status"})
    public record Bought(
            String plan,
            Interval interval,
            Money price,
            Status status,
            Instant startedAt,
            Instant trialUntil,
            Instant paidUntil,
            Instant endsAt,
            Instant endedAt) {
        static Bought of(Subscription subscription) {
            return new Bought(
                    subscription.plan,
                    subscription.interval,
                    subscription.price().orElse(null),
                    subscription.status,
                    subscription.startedAt,
                    subscription.trialUntil,
                    subscription.paidUntil,
                    subscription.endsAt,
                    subscription.endedAt);
        }
    }

    static Membership of(Standing standing, Optional<Subscription> subscription, Instant at) {
        Standing promised = subscription
                .map(it -> standing.with(standing.rights().stream()
                        .map(right -> withoutSlack(right, it, at))
                        .toList()))
                .orElse(standing);
        Optional<Instant> heldUntil = promised.heldUntil(at);
        return new Membership(
                state(promised, subscription, heldUntil, at),
                heldUntil.filter(end -> !end.equals(Instant.MAX)).orElse(null),
                StartTrial.of(standing).map(Membership::trial).orElse(null),
                subscription.map(Bought::of).orElse(null),
                promised.rights().stream().map(Grant::of).toList(),
                standing.version());
    }

    /** The slack is for us, when news is late; a reader is told of the period that is paid. */
    private static Right withoutSlack(Right right, Subscription subscription, Instant at) {
        Instant paidUntil = subscription.paidUntil;
        boolean slack = right.origin().startsWith(Entitling.origin(subscription.id))
                && paidUntil != null
                && paidUntil.isAfter(at)
                && right.term().end().isAfter(paidUntil);
        return slack
                ? new Right(
                        right.basis(),
                        right.origin(),
                        right.coverage(),
                        new Term(right.term().from(), Optional.of(paidUntil)))
                : right;
    }

    private static State state(
            Standing standing, Optional<Subscription> subscription, Optional<Instant> heldUntil, Instant at) {
        Set<Basis> live = standing.memberships(at).map(Right::basis).collect(Collectors.toSet());
        if (live.isEmpty()) {
            boolean paused =
                    subscription.filter(it -> it.status == Status.PAUSED).isPresent();
            boolean had = standing.lastMembership(at).isPresent();
            return paused ? State.PAUSED : had ? State.ENDED : State.NONE;
        }
        boolean canceling = subscription
                .filter(Subscription::isEnding)
                .filter(it ->
                        heldUntil.filter(it.endsAt.plus(ROUNDING)::isBefore).isEmpty())
                .isPresent();
        if (canceling) {
            return State.CANCELING;
        }
        if (live.equals(Set.of(Basis.TRIAL))) {
            return State.TRIAL;
        }
        live.remove(Basis.TRIAL);
        return live.equals(Set.of(Basis.GRACE)) ? State.GRACE : State.ACTIVE;
    }

    private static Trial trial(Right right) {
        return new Trial(Grant.of(right).plan, right.term().from(), right.term().end());
    }
}
