package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tries to have an invoice paid, and draws the consequences for its subscription. */
public final class SandboxPaymentCollection {
    /** What becomes of a subscription when the last retry has failed. */
    public enum FinalRetryAction {
        CANCEL,
        UNPAID,
        PAST_DUE
    }

    /** Each after the one before. */
    private static final List<Duration> RETRIES = List.of(Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7));

    private static final Set<String> COLLECTED = Set.of("active", "past_due", "trialing");

    private final SandboxState world;
    private final SandboxEvents events;
    private final SandboxPaymentMethods cards;
    private final SandboxPayments payments;
    private final SandboxInvoices invoices;
    private final SandboxSubscriptionEndings endings;

    public SandboxPaymentCollection(
            SandboxState world,
            SandboxEvents events,
            SandboxPaymentMethods cards,
            SandboxPayments payments,
            SandboxInvoices invoices,
            SandboxSubscriptionEndings endings) {
        this.world = world;
        this.events = events;
        this.cards = cards;
        this.payments = payments;
        this.invoices = invoices;
        this.endings = endings;
    }

    SandboxPayments.PaymentOutcome attempt(ObjectNode invoice) {
        invoice.putNull("next_payment_attempt");
        return attempt(invoice, cards.forSubscription(subscription(invoice)));
    }

    /** With that card, if there is one. By hand it may be tried at any time, and the retries stay where they are. */
    SandboxPayments.PaymentOutcome attempt(ObjectNode invoice, Optional<ObjectNode> card) {
        ObjectNode intent = invoices.paymentIntent(invoice).orElseThrow();
        invoice.put("attempted", true);
        SandboxPayments.PaymentOutcome outcome = payments.confirm(intent, card);
        concludes(invoice, outcome);
        return outcome;
    }

    private ObjectNode subscription(ObjectNode invoice) {
        return world.require("subscription", SandboxInvoices.subscriptionId(invoice));
    }

    /** The bank has said what became of a debit. */
    public void settleDebit(ObjectNode intent, boolean succeeds) {
        SandboxPayments.PaymentOutcome outcome = payments.settle(intent, succeeds);
        Optional<ObjectNode> invoice = world.all("invoice").stream()
                .filter(it -> invoices.paymentIntent(it).filter(intent::equals).isPresent())
                .findFirst();
        invoice.ifPresent(it -> concludes(it, outcome));
        world.all("checkout.session").stream()
                .filter(it -> it.path("payment_status").asText().equals("unpaid"))
                .filter(it -> isFor(it, "payment_intent", Optional.of(intent)) || isFor(it, "invoice", invoice))
                .forEach(it -> tellCheckout(it, outcome));
    }

    private static boolean isFor(ObjectNode session, String name, Optional<ObjectNode> object) {
        return object.isPresent() && session.path(name).asText().equals(SandboxState.id(object.get()));
    }

    private void tellCheckout(ObjectNode session, SandboxPayments.PaymentOutcome outcome) {
        if (outcome == SandboxPayments.PaymentOutcome.PAID) {
            session.put("payment_status", "paid");
            events.emit("checkout.session.async_payment_succeeded", session);
        } else {
            events.emit("checkout.session.async_payment_failed", session);
        }
    }

    private void concludes(ObjectNode invoice, SandboxPayments.PaymentOutcome outcome) {
        ObjectNode subscription = subscription(invoice);
        switch (outcome) {
            case PAID -> {
                invoice.put(
                        "attempt_count",
                        Math.max(1, invoice.path("attempt_count").asInt()));
                invoices.markPaid(invoice);
                reactivateSubscription(invoice, subscription);
            }
            case PROCESSING -> {
                if (subscription.path("status").asText().equals("incomplete")) {
                    setStatus(subscription, "active");
                }
            }
            case FAILED -> failed(invoice, subscription);
        }
    }

    /** What the latest invoice kept back is given. */
    void reactivateSubscription(ObjectNode invoice, ObjectNode subscription) {
        boolean latest = subscription.path("latest_invoice").asText().equals(SandboxState.id(invoice));
        if (!latest) {
            return;
        }
        switch (subscription.path("status").asText()) {
            case "incomplete", "past_due", "unpaid" -> setStatus(subscription, "active");
            case "paused" -> endings.resume(subscription);
            default -> {}
        }
    }

    private void failed(ObjectNode invoice, ObjectNode subscription) {
        int failures = invoice.path("attempt_count").asInt();
        boolean alive = COLLECTED.contains(subscription.path("status").asText());
        boolean byHand = failures > 0 && invoice.hasNonNull("next_payment_attempt");
        boolean again = alive && failures < RETRIES.size();
        if (!byHand) {
            events.updateAndEmit("invoice.updated", invoice, () -> {
                invoice.put("attempt_count", failures + 1);
                if (again) {
                    invoice.put(
                            "next_payment_attempt",
                            world.nowEpochSeconds() + RETRIES.get(failures).toSeconds());
                }
            });
        }
        events.emit("invoice.payment_failed", invoice);
        if (again || byHand) {
            setStatus(
                    subscription,
                    alive ? "past_due" : subscription.path("status").asText());
        } else if (alive) {
            giveUp(invoice, subscription);
        }
    }

    private void giveUp(ObjectNode invoice, ObjectNode subscription) {
        invoice.put("auto_advance", false);
        switch (finalRetryAction()) {
            case CANCEL -> endings.cancel(subscription, "payment_failed");
            case UNPAID -> setStatus(subscription, "unpaid");
            case PAST_DUE -> setStatus(subscription, "past_due");
        }
    }

    public FinalRetryAction finalRetryAction() {
        return FinalRetryAction.valueOf(
                world.settings("billing").path("afterRetries").asText(FinalRetryAction.CANCEL.name()));
    }

    public void setStatus(ObjectNode subscription, String status) {
        events.updateAndEmit("customer.subscription.updated", subscription, () -> subscription.put("status", status));
    }
}
