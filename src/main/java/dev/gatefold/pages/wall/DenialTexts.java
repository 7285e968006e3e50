package dev.gatefold.pages.wall;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.Offer.OfferKind;
import dev.gatefold.access.meter.Meter;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.entitlements.BillingStatus;
import dev.gatefold.pages.layout.CommonMessages;
import dev.gatefold.pages.layout.ViewerFormats;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Texts for denials and offers. The pages and the embedded paywall use the same ones. */
final class DenialTexts {
    /** Billing statuses whose texts differ from those of the deny reason. */
    static final Set<BillingStatus> WITH_OWN_TEXTS = EnumSet.of(
            BillingStatus.CURRENT,
            BillingStatus.FIRST_INVOICE_OPEN,
            BillingStatus.PAYMENT_IN_PROGRESS,
            BillingStatus.UNCOLLECTED,
            BillingStatus.RESUMPTION_UNPAID,
            BillingStatus.REVERSED);

    private final ViewerFormats formats;
    private final WallMessages messages;

    DenialTexts(ViewerFormats formats) {
        this.formats = formats;
        this.messages = formats.messages(WallMessages.class);
    }

    /**
     * Returns the headline of the paywall, without a period.
     *
     * @param source name of the source; empty for an unknown source
     */
    String headline(Decision decision, String source) {
        return Optional.ofNullable(decision.billing())
                .map(this::headline)
                .orElseGet(() -> headline(decision.denyReason(), source));
    }

    /** Returns the headline of a denial because of a payment. */
    String headline(BillingStatus status) {
        return switch (status) {
            case PENDING -> messages.paymentPending();
            case FIRST_INVOICE_OPEN -> messages.firstInvoiceOpen();
            case PAYMENT_IN_PROGRESS -> messages.paymentInProgress();
            case OVERDUE, UNCOLLECTED -> messages.paymentFailed();
            case REVERSED -> messages.paymentReversed();
            case NONE, CURRENT -> messages.paymentUnconfirmed();
            case PAUSED, RESUMPTION_UNPAID -> messages.paused();
        };
    }

    /** Returns the headline if it depends only on the reason. */
    String headline(DenyReason reason, String source) {
        return switch (reason) {
            case SIGN_UP_REQUIRED -> messages.signUpRequired();
            case MEMBERSHIP_REQUIRED -> messages.membershipRequired();
            case TRIAL_ENDED -> messages.trialEnded();
            case MEMBERSHIP_ENDED -> messages.membershipEnded();
            case PAYMENT_PENDING -> messages.paymentPending();
            case PAYMENT_FAILED -> messages.paymentFailed();
            case PAUSED -> messages.paused();
            case NOT_IN_PLAN -> messages.notInPlan(source);
            case METER_EXHAUSTED -> messages.meterExhausted(source);
            case EMBARGOED -> messages.embargoed();
            case TERRITORY -> messages.territory();
            case SOURCE_UNKNOWN -> messages.sourceUnknown();
        };
    }

    /** Returns the sentence below the headline: the cause, or what to do next. */
    String explanation(Decision decision, Policy policy, String source) {
        if (decision.billing() != null) {
            return explanation(decision.billing());
        }
        return explanation(decision.denyReason(), source).orElseGet(() -> {
            Meter meter = decision.meter();
            if (meter != null) {
                return formats.meter(meter, policy.window()) + ". "
                        + messages.meterResets(formats.date(meter.resetsAt(), ZoneId.of(meter.timeZone())));
            }
            return policy.gate() == Gate.REGISTERED ? messages.freeWithAccountText() : messages.membershipText(source);
        });
    }

    /** Returns the sentence below the headline of a denial because of a payment. */
    String explanation(BillingStatus status) {
        return switch (status) {
            case PENDING, PAYMENT_IN_PROGRESS -> messages.paymentPendingText();
            case FIRST_INVOICE_OPEN -> messages.firstInvoiceOpenText();
            case OVERDUE -> messages.paymentFailedText();
            case UNCOLLECTED -> messages.paymentUncollectedText();
            case REVERSED -> messages.paymentReversedText();
            case NONE, CURRENT -> messages.paymentUnconfirmedText();
            case PAUSED -> messages.pausedText();
            case RESUMPTION_UNPAID -> messages.payInvoiceText();
        };
    }

    /** Returns the sentence below the headline if it depends only on the reason. */
    Optional<String> explanation(DenyReason reason, String source) {
        return switch (reason) {
            case SIGN_UP_REQUIRED, METER_EXHAUSTED -> Optional.empty();
            case MEMBERSHIP_REQUIRED -> Optional.of(messages.membershipText(source));
            case TRIAL_ENDED -> Optional.of(messages.trialEndedText(source));
            case MEMBERSHIP_ENDED -> Optional.of(messages.membershipEndedText());
            case PAYMENT_PENDING -> Optional.of(messages.paymentPendingText());
            case PAYMENT_FAILED -> Optional.of(messages.paymentFailedText());
            case PAUSED -> Optional.of(messages.pausedText());
            case NOT_IN_PLAN -> Optional.of(messages.notInPlanText());
            case EMBARGOED -> Optional.of(messages.embargoedText());
            case TERRITORY -> Optional.of(messages.territoryText(source));
            case SOURCE_UNKNOWN -> Optional.of(messages.sourceUnknownText());
        };
    }

    /** Returns the label of an offer's button. {@code WAIT} has none: it needs no action. */
    String label(OfferKind kind) {
        return switch (kind) {
            case SIGN_UP -> formats.messages(CommonMessages.class).signUp();
            case SIGN_IN -> formats.messages(CommonMessages.class).signIn();
            case START_TRIAL -> messages.startTrial();
            case SUBSCRIBE -> formats.messages(CommonMessages.class).becomeMember();
            case RESUBSCRIBE -> messages.renewMembership();
            case PAY_NOW -> messages.payNow();
            case UPDATE_PAYMENT -> messages.updatePayment();
            case RESUME -> messages.resume();
            case UPGRADE -> messages.changePlan();
            case WAIT -> throw new IllegalArgumentException("WAIT has no button");
        };
    }
}
