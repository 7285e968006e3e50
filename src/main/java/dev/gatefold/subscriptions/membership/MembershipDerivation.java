package dev.gatefold.subscriptions.membership;

import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.entitlements.Coverage.PlanCoverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.subscriptions.model.BilledSubscription;
import dev.gatefold.subscriptions.model.InvoiceSnapshot;
import dev.gatefold.subscriptions.model.NextPayment;
import dev.gatefold.subscriptions.model.NextPayment.NextPaymentStatus;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.policy.BillingStatuses;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Derives the membership of a reader from the entitlements and the recorded subscriptions. A pure function; it states no
 * amount that the billing provider did not state.
 */
final class MembershipDerivation {
    private final Standing standing;
    private final List<BilledSubscription> subscriptions;
    private final boolean trialOffered;
    private final Instant at;
    private final Set<EntitlementBasis> bases;

    private final BillingStatus billing;

    /** The subscription that determines the state: the decisive open one, otherwise the one that started last. */
    private final Optional<BilledSubscription> main;

    private final Optional<AmountDue> amountDue;

    private MembershipDerivation(
            Standing standing, List<BilledSubscription> subscriptions, boolean trialOffered, Instant at) {
        this.standing = standing;
        this.subscriptions = subscriptions;
        this.trialOffered = trialOffered;
        this.at = at;
        this.bases = standing.activeMemberships(at).map(Entitlement::basis).collect(Collectors.toSet());
        this.billing = BillingStatuses.of(subscriptions);
        this.main = BillingStatuses.decisive(subscriptions)
                .or(() -> subscriptions.stream()
                        .max(Comparator.comparing(it -> it.subscription().startedAt())));
        this.amountDue = AmountDue.of(subscriptions.stream()
                .flatMap(it -> it.invoicesThatCount().stream())
                .sorted(Comparator.comparing(InvoiceSnapshot::createdAt).reversed())
                .toList());
    }

    /**
     * Returns the membership.
     *
     * @param standing the reader's entitlements, without renewal leeway
     * @param subscriptions all subscriptions of the account, live ones first and additional ones last
     * @param trialOffered whether a plan with a free trial is for sale
     */
    static Membership derive(
            Standing standing, List<BilledSubscription> subscriptions, boolean trialOffered, Instant at) {
        return new MembershipDerivation(standing, subscriptions, trialOffered, at).derive();
    }

    private Membership derive() {
        MembershipState state = state();
        NextPayment next = nextPayment();
        return new Membership(
                state,
                billing,
                source(),
                plan(),
                standing.membershipUntil(at)
                        .filter(end -> !end.equals(Instant.MAX))
                        .orElse(null),
                StartTrial.trialIn(standing).map(FreeTrial::of).orElse(null),
                main.map(it -> SubscriptionSummary.of(it.subscription())).orElse(null),
                next.status() == NextPaymentStatus.EXPECTED ? UpcomingPayment.of(next) : null,
                noPaymentReason(next.status()),
                amountDue.orElse(null),
                actions(state),
                standing.entitlements().stream().map(MembershipGrant::of).toList(),
                standing.version());
    }

    private static UpcomingPayment.NoPaymentReason noPaymentReason(NextPaymentStatus status) {
        return switch (status) {
            case EXPECTED -> null;
            case NOTHING_DUE -> UpcomingPayment.NoPaymentReason.NOTHING_DUE;
            case NOT_KNOWN -> UpcomingPayment.NoPaymentReason.NOT_KNOWN;
        };
    }

    private Optional<Subscription> open() {
        return main.filter(BilledSubscription::isOpen).map(BilledSubscription::subscription);
    }

    private MembershipState state() {
        return open().map(this::stateWith).orElseGet(this::stateWithoutSubscription);
    }

    private MembershipState stateWith(Subscription subscription) {
        if (subscription.isFirstPaymentPending()) {
            return MembershipState.PENDING;
        }
        return switch (subscription.status()) {
            case PAUSED -> bases.isEmpty() ? MembershipState.PAUSED : MembershipState.ACTIVE;
            case PAST_DUE, UNPAID -> {
                if (bases.isEmpty()) {
                    yield MembershipState.PAST_DUE;
                }
                yield bases.equals(Set.of(EntitlementBasis.GRACE)) ? MembershipState.GRACE : MembershipState.ACTIVE;
            }
            case TRIALING, ACTIVE, UNKNOWN -> running(subscription);
            case INCOMPLETE, INCOMPLETE_EXPIRED, CANCELED -> stateWithoutSubscription();
        };
    }

    private MembershipState running(Subscription subscription) {
        if (bases.isEmpty()) {
            return MembershipState.PAST_DUE;
        }
        if (isEnding(subscription)) {
            return MembershipState.CANCELING;
        }
        return bases.equals(Set.of(EntitlementBasis.TRIAL)) ? MembershipState.TRIAL : MembershipState.ACTIVE;
    }

    /** Returns true if access ends with the cancellation, and no other subscription continues. */
    private boolean isEnding(Subscription subscription) {
        boolean othersEnd = subscriptions.stream()
                .map(BilledSubscription::subscription)
                .filter(it -> it.status().isLive())
                .allMatch(Subscription::isCanceling);
        return subscription.isCanceling()
                && othersEnd
                && standing.membershipUntil(at)
                        .filter(end -> end.isAfter(subscription.cancelsAt().plus(Subscription.ROUNDING)))
                        .isEmpty();
    }

    private MembershipState stateWithoutSubscription() {
        if (bases.isEmpty()) {
            return standing.lastEndedMembership(at).isPresent() ? MembershipState.ENDED : MembershipState.NONE;
        }
        if (bases.equals(Set.of(EntitlementBasis.GRACE))) {
            return MembershipState.GRACE;
        }
        return bases.equals(Set.of(EntitlementBasis.TRIAL)) ? MembershipState.TRIAL : MembershipState.ACTIVE;
    }

    private MembershipSource source() {
        return standing.longestActive(it -> it.basis().isMembership(), at)
                .map(MembershipSource::of)
                .or(() -> open().map(_ -> MembershipSource.SUBSCRIPTION))
                .or(() -> standing.lastEndedMembership(at).map(MembershipSource::of))
                .orElse(null);
    }

    private String plan() {
        return standing.longestActive(it -> it.basis().isMembership(), at)
                .flatMap(MembershipDerivation::planOf)
                .or(() -> open().map(Subscription::plan))
                .or(() -> standing.lastEndedMembership(at).flatMap(MembershipDerivation::planOf))
                .orElse(null);
    }

    private static Optional<String> planOf(Entitlement entitlement) {
        return entitlement.coverage() instanceof PlanCoverage(String plan) ? Optional.of(plan) : Optional.empty();
    }

    /** Returns the earliest next payment of all live subscriptions. One that is not known makes the whole not known. */
    private NextPayment nextPayment() {
        List<NextPayment> payments = subscriptions.stream()
                .filter(BilledSubscription::isOpen)
                .map(it -> it.nextPayment(at))
                .toList();
        return payments.stream()
                .filter(it -> it.status() == NextPaymentStatus.NOT_KNOWN)
                .findFirst()
                .or(() -> payments.stream()
                        .filter(it -> it.status() == NextPaymentStatus.EXPECTED)
                        .min(Comparator.comparing(NextPayment::dueAt)))
                .orElseGet(() -> NextPayment.nothingDue(at));
    }

    private List<MembershipAction> actions(MembershipState state) {
        boolean endless =
                standing.membershipUntil(at).filter(Instant.MAX::equals).isPresent();
        return new MembershipActions(billing, amountDue, open(), trialOffered && !standing.trialUsed(), !endless)
                .in(state);
    }
}
