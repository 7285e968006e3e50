package dev.gatefold.pages.account;

import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.kernel.Money;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.subscriptions.membership.AmountDue;
import dev.gatefold.subscriptions.membership.Membership;
import dev.gatefold.subscriptions.membership.MembershipSource;
import dev.gatefold.subscriptions.membership.MembershipState;
import dev.gatefold.subscriptions.membership.SubscriptionSummary;
import dev.gatefold.subscriptions.membership.UpcomingPayment;
import dev.gatefold.subscriptions.model.SubscriptionStatus;
import java.util.Optional;

/**
 * Words a membership. Amounts and dates are those of the billing provider; nothing is computed from a list price. A pure
 * function of its arguments.
 */
final class MembershipTexts {
    private final Membership membership;
    private final ViewerFormats formats;
    private final AccountMessages messages;

    MembershipTexts(Membership membership, ViewerFormats formats) {
        this.membership = membership;
        this.formats = formats;
        this.messages = formats.messages(AccountMessages.class);
    }

    /** Returns the state of the membership, one or two sentences. */
    String state() {
        return switch (membership.state()) {
            case NONE -> messages.stateNone();
            case TRIAL -> messages.stateTrial(accessUntil());
            case PENDING -> pending();
            case ACTIVE -> active();
            case GRACE ->
                isPaymentInProgress() ? messages.stateGracePaying(accessUntil()) : messages.stateGrace(accessUntil());
            case PAST_DUE, PAUSED -> stopped();
            case CANCELING -> messages.stateCanceling(accessUntil());
            case ENDED ->
                membership.source() == MembershipSource.TRIAL ? messages.stateTrialEnded() : messages.stateEnded();
        };
    }

    private boolean isPaymentInProgress() {
        return membership.billing() == BillingStatus.PAYMENT_IN_PROGRESS;
    }

    private String pending() {
        if (membership.billing() == BillingStatus.FIRST_INVOICE_OPEN) {
            return messages.statePendingDue();
        }
        SubscriptionSummary ordered = membership.subscription();
        return ordered.canceling()
                ? messages.statePendingCanceling(formats.date(ordered.endsAt()))
                : messages.statePending();
    }

    private String stopped() {
        return switch (membership.billing()) {
            case PAYMENT_IN_PROGRESS -> messages.statePaying();
            case OVERDUE, UNCOLLECTED -> messages.statePastDue();
            case REVERSED -> messages.statePaymentReversed();
            case PAUSED -> messages.statePaused();
            case RESUMPTION_UNPAID -> messages.stateResumptionUnpaid();
            case NONE, CURRENT, PENDING, FIRST_INVOICE_OPEN -> messages.statePaymentUnconfirmed();
        };
    }

    private String active() {
        return live().filter(it -> isPaid(it) && !it.canceling())
                .map(it -> it.endsAt() == null
                        ? messages.stateActive()
                        : messages.stateRenewsUntil(formats.date(it.endsAt())))
                .orElseGet(this::activeWithoutRenewal);
    }

    private String activeWithoutRenewal() {
        boolean endless = membership.accessUntil() == null;
        return switch (membership.source()) {
            case STAFF_GRANT -> endless ? messages.stateFree() : messages.stateFreeUntil(accessUntil());
            case GIFT -> endless ? messages.stateActive() : messages.stateGiftUntil(accessUntil());
            case SUBSCRIPTION, TRIAL, HOUSEHOLD ->
                endless ? messages.stateActive() : messages.stateActiveUntil(accessUntil());
        };
    }

    /** Returns what is owed, or empty. */
    Optional<String> amountDue() {
        return due().map(due -> messages.amountDue(money(due), formats.date(due.since())));
    }

    private Optional<AmountDue> due() {
        return Optional.ofNullable(membership.amountDue());
    }

    /** Returns the next payment, or that nothing will be charged; empty where neither is certain or of interest. */
    Optional<String> nextPayment() {
        UpcomingPayment next = membership.nextPayment();
        if (next != null) {
            String amount = formats.money(new Money(next.amount(), next.currency()));
            return Optional.of(messages.nextPayment(amount, formats.date(next.at())));
        }
        return switch (membership.noNextPaymentReason()) {
            case NOT_KNOWN -> Optional.of(messages.nextPaymentUnknown());
            case NOTHING_DUE -> nothingDue();
        };
    }

    private Optional<String> nothingDue() {
        if (membership.amountDue() != null || isPaymentInProgress()) {
            return Optional.empty();
        }
        return switch (membership.state()) {
            case NONE, PENDING, GRACE, PAST_DUE, ENDED -> Optional.empty();
            case PAUSED -> Optional.of(messages.nothingChargedWhilePaused());
            case TRIAL, ACTIVE, CANCELING ->
                Optional.of(live().map(this::nothingDue).orElseGet(messages::nothingCharged));
        };
    }

    private String nothingDue(SubscriptionSummary live) {
        if (live.status() == SubscriptionStatus.PAUSED) {
            return messages.nothingChargedWhilePaused();
        }
        return live.canceling() ? messages.nothingCharged() : messages.noPaymentScheduled();
    }

    /** Returns what a cancellation has achieved: when access ends, and what remains due. */
    String canceled(String withoutEnd) {
        boolean ends = membership.state() == MembershipState.CANCELING && membership.accessUntil() != null;
        String canceled = ends ? messages.canceledUntil(accessUntil()) : withoutEnd;
        return due().map(due -> canceled + " " + messages.stillDue(money(due))).orElse(canceled);
    }

    /** Returns what a cancellation would mean. A period that is not paid ends at once. */
    String cancel() {
        boolean due = membership.amountDue() != null;
        return switch (membership.state()) {
            case TRIAL, ACTIVE -> due ? messages.cancelText() : messages.cancelTextUntil(accessUntil());
            case PENDING, GRACE, PAST_DUE, PAUSED ->
                isPeriodUnpaid() ? messages.cancelTextNow() : messages.cancelText();
            case NONE, CANCELING, ENDED -> messages.cancelText();
        };
    }

    private boolean isPeriodUnpaid() {
        return switch (membership.billing()) {
            case FIRST_INVOICE_OPEN, OVERDUE, UNCOLLECTED, PAUSED, RESUMPTION_UNPAID -> true;
            case NONE, CURRENT, PENDING, PAYMENT_IN_PROGRESS, REVERSED -> false;
        };
    }

    private Optional<SubscriptionSummary> live() {
        return Optional.ofNullable(membership.subscription())
                .filter(it -> it.endedAt() == null && it.status().isLive());
    }

    private static boolean isPaid(SubscriptionSummary subscription) {
        return switch (subscription.status()) {
            case TRIALING, ACTIVE, UNKNOWN -> true;
            case INCOMPLETE, INCOMPLETE_EXPIRED, PAST_DUE, UNPAID, PAUSED, CANCELED -> false;
        };
    }

    private String accessUntil() {
        return membership.accessUntil() == null ? "–" : formats.date(membership.accessUntil());
    }

    private String money(AmountDue due) {
        return formats.money(new Money(due.amount(), due.currency()));
    }
}
