package dev.gatefold.subscriptions.membership;

import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.entitlements.BillingStatus.PaymentStep;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Derives what a reader can do about the membership, the most important first. Payments come from {@link
 * BillingStatus#steps()}, as on the paywall. A pure function.
 *
 * @param open the subscription that determines the state; empty if none is open
 * @param trialAvailable whether the reader can start a free trial
 * @param accessEnds whether the current access has an end, so that a sale makes sense
 */
record MembershipActions(
        BillingStatus billing,
        Optional<AmountDue> amountDue,
        Optional<Subscription> open,
        boolean trialAvailable,
        boolean accessEnds) {
    List<MembershipAction> in(MembershipState state) {
        return switch (state) {
            case NONE ->
                trialAvailable
                        ? List.of(MembershipAction.START_TRIAL, MembershipAction.SUBSCRIBE)
                        : List.of(MembershipAction.SUBSCRIBE);
            case ENDED -> thenPayment(MembershipAction.SUBSCRIBE);
            case PENDING -> steps(cancelOrKeep());
            case PAUSED, GRACE, PAST_DUE -> steps(MembershipAction.UPDATE_PAYMENT, cancelOrKeep());
            case CANCELING -> withPayment(MembershipAction.KEEP);
            case TRIAL, ACTIVE -> open.map(this::withAccess).orElseGet(this::withoutSubscription);
        };
    }

    /** A subscription that is canceling can be canceled once more if that ends an unpaid period at once. */
    private MembershipAction cancelOrKeep() {
        boolean unpaid = switch (billing) {
            case FIRST_INVOICE_OPEN, OVERDUE, PAYMENT_IN_PROGRESS, UNCOLLECTED, PAUSED, RESUMPTION_UNPAID -> true;
            case NONE, CURRENT, PENDING, REVERSED -> false;
        };
        return !unpaid && open.filter(Subscription::isCanceling).isPresent()
                ? MembershipAction.KEEP
                : MembershipAction.CANCEL;
    }

    private List<MembershipAction> withAccess(Subscription subscription) {
        if (subscription.status() == SubscriptionStatus.PAUSED) {
            return steps(MembershipAction.UPDATE_PAYMENT, MembershipAction.CANCEL);
        }
        if (subscription.isCanceling()) {
            return withPayment(MembershipAction.KEEP);
        }
        return withPayment(MembershipAction.CHANGE_PLAN, MembershipAction.UPDATE_PAYMENT, MembershipAction.CANCEL);
    }

    /** Sells nothing to a reader whose access has no end. */
    private List<MembershipAction> withoutSubscription() {
        return accessEnds ? thenPayment(MembershipAction.SUBSCRIBE) : thenPayment();
    }

    /** An open invoice of another subscription comes after the steps: paying it does not give access. */
    private List<MembershipAction> steps(MembershipAction... others) {
        Set<MembershipAction> actions = billing.steps().stream()
                .map(MembershipActions::of)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (isPayable()) {
            actions.add(MembershipAction.PAY_NOW);
        }
        actions.addAll(List.of(others));
        return List.copyOf(actions);
    }

    private static MembershipAction of(PaymentStep step) {
        return switch (step) {
            case PAY_NOW -> MembershipAction.PAY_NOW;
            case UPDATE_PAYMENT -> MembershipAction.UPDATE_PAYMENT;
            case RESUME -> MembershipAction.RESUME;
        };
    }

    /** An open invoice of a subscription that has ended can be paid, but paying it does not give access. */
    private List<MembershipAction> thenPayment(MembershipAction... others) {
        Set<MembershipAction> actions = new LinkedHashSet<>(List.of(others));
        if (isPayable()) {
            actions.add(MembershipAction.PAY_NOW);
        }
        return List.copyOf(actions);
    }

    private List<MembershipAction> withPayment(MembershipAction... others) {
        Set<MembershipAction> actions = new LinkedHashSet<>();
        if (isPayable()) {
            actions.add(MembershipAction.PAY_NOW);
        }
        actions.addAll(List.of(others));
        return List.copyOf(actions);
    }

    private boolean isPayable() {
        return amountDue.map(AmountDue::payUrl).isPresent();
    }
}
