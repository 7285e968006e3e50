package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxInvoicePayer;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethodBehavior;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethods;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentOutcome;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionUpdates;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.List;
import java.util.Optional;

/** The actions of customers in the portal and on the pages of invoices. */
public final class SandboxPortalActions {
    private static final String DECLINED = "Your payment method was declined. Use another payment method.";
    private static final String PROCESSING = "Your bank debit is being processed, which takes a few days.";

    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxPortalSessions sessions;
    private final SandboxPaymentMethods paymentMethods;
    private final SandboxSubscriptions subscriptions;
    private final SandboxSubscriptionUpdates updates;
    private final SandboxInvoicePayer invoicePayer;

    SandboxPortalActions(
            SandboxState state,
            SandboxEvents events,
            SandboxPortalSessions sessions,
            SandboxPaymentMethods paymentMethods,
            SandboxSubscriptions subscriptions,
            SandboxSubscriptionUpdates updates,
            SandboxInvoicePayer invoicePayer) {
        this.state = state;
        this.events = events;
        this.sessions = sessions;
        this.paymentMethods = paymentMethods;
        this.subscriptions = subscriptions;
        this.updates = updates;
        this.invoicePayer = invoicePayer;
    }

    /**
     * Performs the action of a button.
     *
     * @param subject id of the subscription or invoice, which must belong to the customer of the session
     * @param price id of the new price; empty for other actions
     * @return a message for the customer
     * @throws SandboxApiError with status 404 for another customer's object or an unknown action
     */
    public String perform(ObjectNode session, String action, String subject, String price) {
        return switch (action) {
            case "good-card" -> replaceMethod(session, SandboxPaymentMethodBehavior.GOOD);
            case "declining-card" -> replaceMethod(session, SandboxPaymentMethodBehavior.DECLINES);
            case "bank-debit" -> replaceMethod(session, SandboxPaymentMethodBehavior.DELAYED);
            case "cancel" -> {
                ObjectNode subscription = subscription(session, subject);
                cancelAt(subscription, SandboxSubscriptionBilling.periodEnd(subscription));
                yield "Your subscription is canceled.";
            }
            case "undo" -> {
                cancelAt(subscription(session, subject), 0);
                yield "Your subscription renews again.";
            }
            case "change-plan" -> changePlan(subscription(session, subject), price);
            case "resume" -> resume(subscription(session, subject));
            case "resume-collection" -> {
                updates.apply(subscription(session, subject), SandboxForm.decode("pause_collection="));
                yield "Payments are collected again.";
            }
            case "pay" -> pay(requireOwned(sessions.invoices(session), subject));
            default -> throw SandboxApiError.of(404, "No such action: " + action);
        };
    }

    private String replaceMethod(ObjectNode session, SandboxPaymentMethodBehavior behavior) {
        var _ = paymentMethods.replaceDefault(sessions.customer(session), behavior);
        return "Your payment method is updated.";
    }

    /** Sets {@code cancel_at} without {@code cancel_at_period_end}, as Stripe's portal does. */
    private void cancelAt(ObjectNode subscription, long at) {
        if (subscription.hasNonNull("ended_at")) {
            throw SandboxApiError.of(400, "This subscription has ended.");
        }
        events.updateAndEmit(
                "customer.subscription.updated", subscription, () -> updates.setCancelAt(subscription, at));
    }

    /** Changes the price, and invoices the proration at once. */
    private String changePlan(ObjectNode subscription, String price) {
        var _ = updates.apply(subscription, planChange(subscription, subscriptions.price(price)));
        return subscription.path("status").asText().equals("past_due") ? DECLINED : "Your plan is changed.";
    }

    /** Returns the parameters that replace the price of the subscription's first item. */
    public static SandboxForm planChange(ObjectNode subscription, ObjectNode price) {
        String item =
                SandboxState.id(SandboxSubscriptionBilling.items(subscription).getFirst());
        return SandboxForm.decode("items[0][id]=%s&items[0][price]=%s&proration_behavior=always_invoice"
                .formatted(item, SandboxState.id(price)));
    }

    private String resume(ObjectNode subscription) {
        var _ = subscriptions.resume(new SandboxApiRequest(
                "POST", List.of("subscriptions", SandboxState.id(subscription)), SandboxForm.decode(""), null, null));
        return subscription.path("status").asText().equals("paused") ? DECLINED : "Your subscription is resumed.";
    }

    /** Attempts to collect the invoice with the default payment method, and returns a message for the customer. */
    public String pay(ObjectNode invoice) {
        return message(invoicePayer.pay(invoice, Optional.empty()));
    }

    /** Attempts to collect the invoice with a new payment method, which does not become the default. */
    public String pay(ObjectNode invoice, SandboxPaymentMethodBehavior behavior) {
        ObjectNode customer = state.require("customer", invoice.path("customer").asText());
        String method = SandboxState.id(paymentMethods.attach(customer, behavior));
        return message(invoicePayer.pay(invoice, Optional.of(method)));
    }

    private static String message(SandboxPaymentOutcome outcome) {
        return switch (outcome) {
            case PAID -> "The invoice is paid.";
            case PROCESSING -> PROCESSING;
            case FAILED -> DECLINED;
        };
    }

    private ObjectNode subscription(ObjectNode session, String id) {
        return requireOwned(sessions.subscriptions(session), id);
    }

    private static ObjectNode requireOwned(List<ObjectNode> objects, String id) {
        return objects.stream()
                .filter(it -> SandboxState.id(it).equals(id))
                .findFirst()
                .orElseThrow(() -> SandboxApiError.of(404, "This customer has no such object: " + id));
    }
}
