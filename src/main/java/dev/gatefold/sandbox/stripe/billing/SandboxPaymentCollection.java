package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Attempts to collect invoices, and updates the status of their subscriptions. */
public final class SandboxPaymentCollection {
    /** Delays between attempts, each counted from the attempt before. */
    private static final List<Duration> RETRY_DELAYS =
            List.of(Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7));

    private static final Set<String> COLLECTED_STATUSES = Set.of("active", "past_due", "trialing");

    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxPaymentMethods paymentMethods;
    private final SandboxPayments payments;
    private final SandboxInvoices invoices;
    private final SandboxSubscriptionEndings endings;

    public SandboxPaymentCollection(
            SandboxState state,
            SandboxEvents events,
            SandboxPaymentMethods paymentMethods,
            SandboxPayments payments,
            SandboxInvoices invoices,
            SandboxSubscriptionEndings endings) {
        this.state = state;
        this.events = events;
        this.paymentMethods = paymentMethods;
        this.payments = payments;
        this.invoices = invoices;
        this.endings = endings;
    }

    SandboxPaymentOutcome attempt(ObjectNode invoice) {
        invoice.putNull("next_payment_attempt");
        return attempt(invoice, paymentMethods.forSubscription(subscription(invoice)));
    }

    /**
     * Attempts to collect the invoice. Manual attempts are possible at any time and do not change the retry schedule.
     *
     * @param card empty if there is no payment method, in which case the attempt fails
     */
    SandboxPaymentOutcome attempt(ObjectNode invoice, Optional<ObjectNode> card) {
        ObjectNode intent = invoices.paymentIntent(invoice).orElseThrow();
        invoice.put("attempted", true);
        SandboxPaymentOutcome outcome = payments.confirm(intent, card);
        applyOutcome(invoice, outcome);
        return outcome;
    }

    private ObjectNode subscription(ObjectNode invoice) {
        return state.require("subscription", SandboxInvoices.subscriptionId(invoice));
    }

    /** Applies the result of a bank debit to its invoice, subscription and Checkout session. */
    public void settleDebit(ObjectNode intent, boolean succeeds) {
        SandboxPaymentOutcome outcome = payments.settle(intent, succeeds);
        Optional<ObjectNode> invoice = state.all("invoice").stream()
                .filter(it -> invoices.paymentIntent(it).filter(intent::equals).isPresent())
                .findFirst();
        invoice.ifPresent(it -> applyOutcome(it, outcome));
        state.all("checkout.session").stream()
                .filter(it -> it.path("payment_status").asText().equals("unpaid"))
                .filter(it -> isFor(it, "payment_intent", Optional.of(intent)) || isFor(it, "invoice", invoice))
                .forEach(it -> updateCheckoutSession(it, outcome));
    }

    private static boolean isFor(ObjectNode session, String name, Optional<ObjectNode> object) {
        return object.isPresent() && session.path(name).asText().equals(SandboxState.id(object.get()));
    }

    private void updateCheckoutSession(ObjectNode session, SandboxPaymentOutcome outcome) {
        if (outcome == SandboxPaymentOutcome.PAID) {
            session.put("payment_status", "paid");
            events.emit("checkout.session.async_payment_succeeded", session);
        } else {
            events.emit("checkout.session.async_payment_failed", session);
        }
    }

    private void applyOutcome(ObjectNode invoice, SandboxPaymentOutcome outcome) {
        ObjectNode subscription = subscription(invoice);
        switch (outcome) {
            case PAID -> {
                invoice.put(
                        "attempt_count",
                        Math.max(1, invoice.path("attempt_count").asInt()));
                invoices.markPaid(invoice);
                reactivateSubscription(invoice);
            }
            case PROCESSING -> {
                if (subscription.path("status").asText().equals("incomplete")) {
                    setStatus(subscription, "active");
                }
            }
            case FAILED -> failed(invoice, subscription);
        }
    }

    /** Reactivates the subscription if the paid invoice is its latest one. */
    void reactivateSubscription(ObjectNode invoice) {
        ObjectNode subscription = subscription(invoice);
        boolean latest = subscription.path("latest_invoice").asText().equals(SandboxState.id(invoice));
        if (!latest) {
            return;
        }
        switch (subscription.path("status").asText()) {
            case "incomplete", "past_due", "unpaid" -> setStatus(subscription, "active");
            case "paused" -> endings.resume(subscription);
            default -> {} // other statuses do not depend on the payment of an invoice
        }
    }

    private void failed(ObjectNode invoice, ObjectNode subscription) {
        int failures = invoice.path("attempt_count").asInt();
        boolean collected =
                COLLECTED_STATUSES.contains(subscription.path("status").asText());
        boolean manual = failures > 0 && invoice.hasNonNull("next_payment_attempt");
        boolean retry = collected && failures < RETRY_DELAYS.size();
        if (!manual) {
            events.updateAndEmit("invoice.updated", invoice, () -> {
                invoice.put("attempt_count", failures + 1);
                if (retry) {
                    invoice.put(
                            "next_payment_attempt",
                            state.nowEpochSeconds() + RETRY_DELAYS.get(failures).toSeconds());
                }
            });
        }
        events.emit("invoice.payment_failed", invoice);
        if (retry || manual) {
            setStatus(
                    subscription,
                    collected ? "past_due" : subscription.path("status").asText());
        } else if (collected) {
            applyFinalRetryAction(invoice, subscription);
        }
    }

    /** Marks the subscription of an invoice as past due that the customer has not paid until its due date. */
    void markOverdue(ObjectNode invoice) {
        state.internalData(invoice).put("overdue", true);
        events.emit("invoice.overdue", invoice);
        ObjectNode subscription = subscription(invoice);
        if (subscription.path("status").asText().equals("active")) {
            setStatus(subscription, "past_due");
        }
    }

    private void applyFinalRetryAction(ObjectNode invoice, ObjectNode subscription) {
        invoice.put("auto_advance", false);
        switch (finalRetryAction()) {
            case CANCEL -> endings.cancel(subscription, "payment_failed");
            case UNPAID -> setStatus(subscription, "unpaid");
            case PAST_DUE -> setStatus(subscription, "past_due");
        }
    }

    public SandboxFinalRetryAction finalRetryAction() {
        return SandboxFinalRetryAction.valueOf(
                state.settings("billing").path("afterRetries").asText(SandboxFinalRetryAction.CANCEL.name()));
    }

    public void setStatus(ObjectNode subscription, String status) {
        events.updateAndEmit("customer.subscription.updated", subscription, () -> subscription.put("status", status));
    }
}
