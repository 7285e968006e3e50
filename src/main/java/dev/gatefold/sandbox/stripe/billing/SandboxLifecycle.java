package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.api.SandboxCheckoutSessions;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What time does. Whatever falls due does so at its own instant and in order, however far the clock jumps. Nothing is
 * scheduled: what is due follows from what there is.
 */
public final class SandboxLifecycle {
    private static final long WARNING = Duration.ofDays(3).toSeconds();
    private static final long FIRST_PAYMENT_WITHIN = Duration.ofHours(23).toSeconds();
    private static final long DRAFT_FOR = Duration.ofHours(1).toSeconds();

    private record DueStep(long at, Runnable happens) {}

    private final SandboxState world;
    private final SandboxEvents events;
    private final SandboxPaymentMethods cards;
    private final SandboxInvoices invoices;
    private final SandboxPaymentCollection collecting;
    private final SandboxSubscriptionBilling starting;
    private final SandboxSubscriptionEndings endings;

    public SandboxLifecycle(
            SandboxState world,
            SandboxEvents events,
            SandboxPaymentMethods cards,
            SandboxInvoices invoices,
            SandboxPaymentCollection collecting,
            SandboxSubscriptionBilling starting,
            SandboxSubscriptionEndings endings) {
        this.world = world;
        this.events = events;
        this.cards = cards;
        this.invoices = invoices;
        this.collecting = collecting;
        this.starting = starting;
        this.endings = endings;
    }

    /** Lets everything happen that is due by now, and says whether anything was. */
    public boolean runDue(Instant now) {
        events.setCause(null);
        Optional<DueStep> next = next(now.getEpochSecond());
        boolean any = next.isPresent();
        while (next.isPresent()) {
            world.setNow(Instant.ofEpochSecond(next.get().at));
            next.get().happens.run();
            next = next(now.getEpochSecond());
        }
        world.setNow(now);
        return any;
    }

    /** Of what is due at one instant, the first that is named here happens first. */
    private Optional<DueStep> next(long now) {
        return Stream.of(
                        world.all("checkout.session").stream().flatMap(this::session),
                        world.all("payment_intent").stream().flatMap(this::debit),
                        world.all("subscription").stream()
                                .filter(it -> !it.hasNonNull("ended_at"))
                                .flatMap(this::subscription),
                        world.all("invoice").stream()
                                .filter(it -> it.path("auto_advance").asBoolean())
                                .flatMap(this::invoice))
                .flatMap(it -> it)
                .filter(it -> it.at <= now)
                .min(Comparator.comparingLong(DueStep::at));
    }

    private Stream<DueStep> session(ObjectNode session) {
        if (!session.path("status").asText().equals("open")) {
            return Stream.empty();
        }
        return Stream.of(new DueStep(
                session.path("expires_at").asLong(), () -> SandboxCheckoutSessions.expire(session, events)));
    }

    private Stream<DueStep> debit(ObjectNode intent) {
        if (!intent.path("status").asText().equals("processing")) {
            return Stream.empty();
        }
        long settles = world.internalData(intent).path("settles").asLong();
        return Stream.of(new DueStep(settles, () -> collecting.settleDebit(intent, true)));
    }

    private Stream<DueStep> subscription(ObjectNode subscription) {
        Stream<DueStep> cancels = Optional.of(subscription.path("cancel_at").asLong()).filter(it -> it > 0).stream()
                .map(at -> new DueStep(at, () -> endings.cancel(subscription, null)));
        Stream<DueStep> resumes =
                Optional.of(subscription
                                .path("pause_collection")
                                .path("resumes_at")
                                .asLong())
                        .filter(it -> it > 0)
                        .stream()
                        .map(at -> new DueStep(at, () -> collectAgain(subscription)));
        return Stream.of(cancels, resumes, standing(subscription)).flatMap(it -> it);
    }

    private Stream<DueStep> standing(ObjectNode subscription) {
        return switch (subscription.path("status").asText()) {
            case "trialing" -> trial(subscription);
            case "incomplete" ->
                Stream.of(new DueStep(
                        subscription.path("created").asLong() + FIRST_PAYMENT_WITHIN,
                        () -> endings.expire(subscription)));
            case "active", "past_due", "unpaid" ->
                Stream.of(new DueStep(SandboxSubscriptionBilling.periodEnd(subscription), () -> renew(subscription)));
            default -> Stream.empty();
        };
    }

    private Stream<DueStep> trial(ObjectNode subscription) {
        long end = subscription.path("trial_end").asLong();
        Stream<DueStep> warning =
                world.internalData(subscription).path("warned").asBoolean()
                        ? Stream.empty()
                        : Stream.of(new DueStep(
                                Math.max(
                                        end - WARNING,
                                        world.internalData(subscription)
                                                .path("warnFrom")
                                                .asLong()),
                                () -> warn(subscription)));
        return Stream.concat(warning, Stream.of(new DueStep(end, () -> endTrial(subscription))));
    }

    private void warn(ObjectNode subscription) {
        world.internalData(subscription).put("warned", true);
        events.emit("customer.subscription.trial_will_end", subscription);
    }

    private void endTrial(ObjectNode subscription) {
        String without = subscription
                .path("trial_settings")
                .path("end_behavior")
                .path("missing_payment_method")
                .asText();
        if (cards.forSubscription(subscription).isEmpty() && without.equals("cancel")) {
            endings.cancel(subscription, null);
        } else if (cards.forSubscription(subscription).isEmpty() && without.equals("pause")) {
            endings.pause(subscription);
        } else {
            renew(subscription);
        }
    }

    /** The period moves first; the invoice for it is a draft for an hour. */
    private void renew(ObjectNode subscription) {
        String status = subscription.path("status").asText();
        ObjectNode[] drafted = new ObjectNode[1];
        events.updateAndEmit("customer.subscription.updated", subscription, () -> {
            if (status.equals("trialing")) {
                subscription.put("status", "active");
            }
            long from = SandboxSubscriptionBilling.periodStart(subscription);
            long until = SandboxSubscriptionBilling.periodEnd(subscription);
            starting.setPeriodFrom(subscription, until);
            drafted[0] = starting.draft(subscription, "subscription_cycle", from, until);
        });
        ObjectNode invoice = drafted[0];
        if (status.equals("unpaid") || keepsDrafts(subscription)) {
            invoice.put("auto_advance", false);
        } else {
            invoice.put("automatically_finalizes_at", world.nowEpochSeconds() + DRAFT_FOR);
        }
        events.emit("invoice.created", invoice);
    }

    private static boolean keepsDrafts(ObjectNode subscription) {
        return subscription.path("pause_collection").path("behavior").asText().equals("keep_as_draft");
    }

    private void collectAgain(ObjectNode subscription) {
        events.updateAndEmit(
                "customer.subscription.updated", subscription, () -> subscription.putNull("pause_collection"));
    }

    private Stream<DueStep> invoice(ObjectNode invoice) {
        return switch (invoice.path("status").asText()) {
            case "draft" ->
                Stream.of(new DueStep(
                        invoice.path("automatically_finalizes_at").asLong(Long.MAX_VALUE), () -> finalise(invoice)));
            case "open" ->
                Stream.of(new DueStep(
                        invoice.path("next_payment_attempt").asLong(Long.MAX_VALUE),
                        () -> collecting.attempt(invoice)));
            default -> Stream.empty();
        };
    }

    private void finalise(ObjectNode invoice) {
        ObjectNode subscription = world.require("subscription", SandboxInvoices.subscriptionId(invoice));
        String paused = subscription.path("pause_collection").path("behavior").asText();
        invoices.finalizeInvoice(invoice);
        switch (paused) {
            case "void" -> invoices.close(invoice, "void", "voided_at", "invoice.voided");
            case "mark_uncollectible" ->
                invoices.close(invoice, "uncollectible", "marked_uncollectible_at", "invoice.marked_uncollectible");
            default -> {
                if (invoice.path("status").asText().equals("open")) {
                    collecting.attempt(invoice);
                }
            }
        }
    }
}
