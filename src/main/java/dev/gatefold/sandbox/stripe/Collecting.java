package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tries to have an invoice paid, and draws the consequences for its subscription. */
final class Collecting {
    /** What becomes of a subscription when the last retry has failed. */
    enum Ending {
        CANCEL,
        UNPAID,
        PAST_DUE
    }

    /** Each after the one before. */
    private static final List<Duration> RETRIES = List.of(Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7));

    private static final Set<String> COLLECTED = Set.of("active", "past_due", "trialing");

    private final World world;
    private final Events events;
    private final Cards cards;
    private final Payments payments;
    private final Invoices invoices;
    private final Endings endings;

    Collecting(World world, Events events, Cards cards, Payments payments, Invoices invoices, Endings endings) {
        this.world = world;
        this.events = events;
        this.cards = cards;
        this.payments = payments;
        this.invoices = invoices;
        this.endings = endings;
    }

    Payments.Outcome attempt(ObjectNode invoice) {
        invoice.putNull("next_payment_attempt");
        return attempt(invoice, cards.of(subscription(invoice)));
    }

    /** With that card, if there is one. By hand it may be tried at any time, and the retries stay where they are. */
    Payments.Outcome attempt(ObjectNode invoice, Optional<ObjectNode> card) {
        ObjectNode intent = invoices.intent(invoice).orElseThrow();
        invoice.put("attempted", true);
        Payments.Outcome outcome = payments.confirm(intent, card);
        concludes(invoice, outcome);
        return outcome;
    }

    private ObjectNode subscription(ObjectNode invoice) {
        return world.get("subscription", Invoices.subscription(invoice));
    }

    /** The bank has said what became of a debit. */
    void settle(ObjectNode intent, boolean succeeds) {
        Payments.Outcome outcome = payments.settle(intent, succeeds);
        Optional<ObjectNode> invoice = world.all("invoice").stream()
                .filter(it -> invoices.intent(it).filter(intent::equals).isPresent())
                .findFirst();
        invoice.ifPresent(it -> concludes(it, outcome));
        world.all("checkout.session").stream()
                .filter(it -> it.path("payment_status").asText().equals("unpaid"))
                .filter(it -> isFor(it, "payment_intent", Optional.of(intent)) || isFor(it, "invoice", invoice))
                .forEach(it -> tellCheckout(it, outcome));
    }

    private static boolean isFor(ObjectNode session, String name, Optional<ObjectNode> object) {
        return object.isPresent() && session.path(name).asText().equals(World.id(object.get()));
    }

    private void tellCheckout(ObjectNode session, Payments.Outcome outcome) {
        if (outcome == Payments.Outcome.PAID) {
            session.put("payment_status", "paid");
            events.tell("checkout.session.async_payment_succeeded", session);
        } else {
            events.tell("checkout.session.async_payment_failed", session);
        }
    }

    private void concludes(ObjectNode invoice, Payments.Outcome outcome) {
        ObjectNode subscription = subscription(invoice);
        switch (outcome) {
            case PAID -> {
                invoice.put(
                        "attempt_count",
                        Math.max(1, invoice.path("attempt_count").asInt()));
                invoices.paid(invoice);
                settled(invoice, subscription);
            }
            case PROCESSING -> {
                if (subscription.path("status").asText().equals("incomplete")) {
                    become(subscription, "active");
                }
            }
            case FAILED -> failed(invoice, subscription);
        }
    }

    /** What the latest invoice kept back is given. */
    void settled(ObjectNode invoice, ObjectNode subscription) {
        boolean latest = subscription.path("latest_invoice").asText().equals(World.id(invoice));
        if (!latest) {
            return;
        }
        switch (subscription.path("status").asText()) {
            case "incomplete", "past_due", "unpaid" -> become(subscription, "active");
            case "paused" -> endings.resumed(subscription);
            default -> {}
        }
    }

    private void failed(ObjectNode invoice, ObjectNode subscription) {
        int failures = invoice.path("attempt_count").asInt();
        boolean alive = COLLECTED.contains(subscription.path("status").asText());
        boolean byHand = failures > 0 && invoice.hasNonNull("next_payment_attempt");
        boolean again = alive && failures < RETRIES.size();
        if (!byHand) {
            events.change("invoice.updated", invoice, () -> {
                invoice.put("attempt_count", failures + 1);
                if (again) {
                    invoice.put(
                            "next_payment_attempt",
                            world.seconds() + RETRIES.get(failures).toSeconds());
                }
            });
        }
        events.tell("invoice.payment_failed", invoice);
        if (again || byHand) {
            become(
                    subscription,
                    alive ? "past_due" : subscription.path("status").asText());
        } else if (alive) {
            giveUp(invoice, subscription);
        }
    }

    private void giveUp(ObjectNode invoice, ObjectNode subscription) {
        invoice.put("auto_advance", false);
        switch (ending()) {
            case CANCEL -> endings.cancel(subscription, "payment_failed");
            case UNPAID -> become(subscription, "unpaid");
            case PAST_DUE -> become(subscription, "past_due");
        }
    }

    Ending ending() {
        return Ending.valueOf(world.settings("billing").path("afterRetries").asText(Ending.CANCEL.name()));
    }

    void become(ObjectNode subscription, String status) {
        events.change("customer.subscription.updated", subscription, () -> subscription.put("status", status));
    }
}
