package dev.gatefold.subscriptions.membership;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Money;
import dev.gatefold.kernel.Term;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import dev.gatefold.subscriptions.policy.Entitling;
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
        MembershipState state,
        Instant accessUntil,
        FreeTrial trial,
        SubscriptionSummary subscription,
        List<MembershipGrant> grants,
        long version) {
    /** Whoever bills knows whole seconds only. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    public enum MembershipState {
        NONE,
        TRIAL,
        ACTIVE,
        GRACE,
        PAUSED,
        CANCELING,
        ENDED
    }

    public record FreeTrial(String plan, Instant startedAt, Instant endsAt) {}

    /**
     * A right: to what a plan covers, or to one article of a source.
     *
     * @param until null where it has no end
     */
    @Schema(requiredProperties = {"basis", "from"})
    public record MembershipGrant(
            EntitlementBasis basis,
            @JsonInclude(JsonInclude.Include.NON_NULL) String plan,
            @JsonInclude(JsonInclude.Include.NON_NULL) String source,
            @JsonInclude(JsonInclude.Include.NON_NULL) String article,
            Instant from,
            Instant until) {
        private static MembershipGrant of(Entitlement right) {
            Instant from = right.term().from();
            Instant until = right.term().until().orElse(null);
            return switch (right.coverage()) {
                case Coverage.PlanCoverage(String plan) ->
                    new MembershipGrant(right.basis(), plan, null, null, from, until);
                case Coverage.ArticleCoverage one ->
                    new MembershipGrant(right.basis(), null, one.source(), one.name(), from, until);
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
    public record SubscriptionSummary(
            String plan,
            BillingInterval interval,
            Money price,
            SubscriptionStatus status,
            Instant startedAt,
            Instant trialUntil,
            Instant paidUntil,
            Instant endsAt,
            Instant endedAt) {
        public static SubscriptionSummary of(Subscription subscription) {
            return new SubscriptionSummary(
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
                .map(it -> standing.withEntitlements(standing.entitlements().stream()
                        .map(right -> withoutSlack(right, it, at))
                        .toList()))
                .orElse(standing);
        Optional<Instant> heldUntil = promised.membershipUntil(at);
        return new Membership(
                state(promised, subscription, heldUntil, at),
                heldUntil.filter(end -> !end.equals(Instant.MAX)).orElse(null),
                StartTrial.trialIn(standing).map(Membership::trial).orElse(null),
                subscription.map(SubscriptionSummary::of).orElse(null),
                promised.entitlements().stream().map(MembershipGrant::of).toList(),
                standing.version());
    }

    /** The slack is for us, when news is late; a reader is told of the period that is paid. */
    private static Entitlement withoutSlack(Entitlement right, Subscription subscription, Instant at) {
        Instant paidUntil = subscription.paidUntil;
        boolean slack = right.origin().startsWith(Entitling.originPrefix(subscription.id))
                && paidUntil != null
                && paidUntil.isAfter(at)
                && right.term().end().isAfter(paidUntil);
        return slack
                ? new Entitlement(
                        right.basis(),
                        right.origin(),
                        right.coverage(),
                        new Term(right.term().from(), Optional.of(paidUntil)))
                : right;
    }

    private static MembershipState state(
            Standing standing, Optional<Subscription> subscription, Optional<Instant> heldUntil, Instant at) {
        Set<EntitlementBasis> live =
                standing.activeMemberships(at).map(Entitlement::basis).collect(Collectors.toSet());
        if (live.isEmpty()) {
            boolean paused = subscription
                    .filter(it -> it.status == SubscriptionStatus.PAUSED)
                    .isPresent();
            boolean had = standing.lastEndedMembership(at).isPresent();
            return paused ? MembershipState.PAUSED : had ? MembershipState.ENDED : MembershipState.NONE;
        }
        boolean canceling = subscription
                .filter(Subscription::isCanceling)
                .filter(it ->
                        heldUntil.filter(it.endsAt.plus(ROUNDING)::isBefore).isEmpty())
                .isPresent();
        if (canceling) {
            return MembershipState.CANCELING;
        }
        if (live.equals(Set.of(EntitlementBasis.TRIAL))) {
            return MembershipState.TRIAL;
        }
        live.remove(EntitlementBasis.TRIAL);
        return live.equals(Set.of(EntitlementBasis.GRACE)) ? MembershipState.GRACE : MembershipState.ACTIVE;
    }

    private static FreeTrial trial(Entitlement right) {
        return new FreeTrial(
                MembershipGrant.of(right).plan,
                right.term().from(),
                right.term().end());
    }
}
