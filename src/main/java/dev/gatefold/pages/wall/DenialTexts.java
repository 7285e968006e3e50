package dev.gatefold.pages.wall;

import dev.gatefold.access.DenyReason;
import dev.gatefold.access.decide.Decision;
import dev.gatefold.access.decide.Offer.OfferKind;
import dev.gatefold.access.meter.Meter;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.pages.layout.CommonMessages;
import dev.gatefold.pages.layout.ViewerFormats;
import java.util.Optional;

/** Texts for denials and offers. The pages and the embedded paywall use the same ones. */
final class DenialTexts {
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
        return explanation(decision.denyReason(), source).orElseGet(() -> {
            Meter meter = decision.meter();
            if (meter != null) {
                return formats.meter(meter, policy.window()) + ". "
                        + messages.meterResets(formats.date(meter.resetsAt()));
            }
            return policy.gate() == Gate.REGISTERED ? messages.freeWithAccountText() : messages.membershipText(source);
        });
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
