package dev.gatefold.pages.account;

import dev.gatefold.catalog.model.Plan;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.subscriptions.membership.Membership;
import dev.gatefold.subscriptions.membership.MembershipAction;
import java.util.List;

/**
 * A button of the account page, or the plans on sale.
 *
 * @param label null if there are offers
 * @param path target of the form; null if there are offers
 * @param text what the button does; null if there are offers
 * @param emphasized true for the button that the reader most likely wants
 * @param offers plans on sale; empty for other actions
 */
record AccountAction(
        MembershipAction kind, String label, String path, String text, boolean emphasized, List<PlanOffer> offers) {
    /** Returns the actions of the membership, in its order. */
    static List<AccountAction> of(Membership membership, List<Plan> plans, ViewerFormats formats) {
        return membership.actions().stream()
                .map(action -> of(action, membership, plans, formats))
                .toList();
    }

    private static AccountAction of(
            MembershipAction action, Membership membership, List<Plan> plans, ViewerFormats formats) {
        AccountMessages messages = formats.messages(AccountMessages.class);
        boolean first = membership.actions().getFirst() == action;
        return switch (action) {
            case START_TRIAL ->
                button(action, messages.startTrial(), "/account/trial", trialText(plans, formats), first);
            case SUBSCRIBE -> new AccountAction(action, null, null, null, first, PlanOffer.of(plans, formats));
            case PAY_NOW -> button(action, messages.payNow(), "/account/pay", messages.payText(), first);
            case UPDATE_PAYMENT ->
                button(
                        action,
                        messages.updatePayment(),
                        "/account/payment-method",
                        messages.updatePaymentText(),
                        first);
            case RESUME -> button(action, messages.resumeMembership(), "/account/resume", messages.resumeText(), first);
            case KEEP -> button(action, messages.resumeMembership(), "/account/resume", messages.keepText(), first);
            case CHANGE_PLAN ->
                button(action, messages.changePlan(), "/account/plan", messages.changePlanText(), false);
            case CANCEL ->
                button(
                        action,
                        messages.cancelMembership(),
                        "/account/cancel",
                        new MembershipTexts(membership, formats).cancel(),
                        false);
        };
    }

    private static AccountAction button(
            MembershipAction kind, String label, String path, String text, boolean emphasized) {
        return new AccountAction(kind, label, path, text, emphasized, List.of());
    }

    private static String trialText(List<Plan> plans, ViewerFormats formats) {
        return plans.stream()
                .filter(plan -> plan.trialDays() > 0)
                .findFirst()
                .map(plan -> formats.freeTrial(plan.trialDays()))
                .orElse("");
    }
}
