package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs what time causes: trial ends, renewals, retries and expiries. Each step runs at its own instant and in order, however
 * far the clock has jumped. Nothing is scheduled: the due steps are derived from the objects.
 */
public final class SandboxLifecycle {
    private static final long TRIAL_NOTICE_SECONDS = Duration.ofDays(3).toSeconds();
    private static final long FIRST_PAYMENT_SECONDS = Duration.ofHours(23).toSeconds();

    private record DueStep(long at, Runnable action) {}

    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxPaymentMethods paymentMethods;
    private final SandboxInvoices invoices;
    private final SandboxPaymentCollection collection;
    private final SandboxSubscriptionBilling billing;
    private final SandboxSubscriptionEndings endings;
    private final SandboxSchedules schedules;

    public SandboxLifecycle(
            SandboxState state,
            SandboxEvents events,
            SandboxPaymentMethods paymentMethods,
            SandboxInvoices invoices,
            SandboxPaymentCollection collection,
            SandboxSubscriptionBilling billing,
            SandboxSubscriptionEndings endings,
            SandboxSchedules schedules) {
        this.state = state;
        this.events = events;
        this.paymentMethods = paymentMethods;
        this.invoices = invoices;
        this.collection = collection;
        this.billing = billing;
        this.endings = endings;
        this.schedules = schedules;
    }

    /**
     * Runs all steps that are due.
     *
     * @return true if there were any
     */
    public boolean runDue(Instant now) {
        events.setCause(null);
        Optional<DueStep> next = next(now.getEpochSecond());
        boolean any = next.isPresent();
        while (next.isPresent()) {
            state.setNow(Instant.ofEpochSecond(next.get().at));
            next.get().action.run();
            next = next(now.getEpochSecond());
        }
        state.setNow(now);
        return any;
    }

    /** Returns the earliest due step. Of steps at the same instant, the order below decides. */
    private Optional<DueStep> next(long now) {
        return Stream.of(
                        state.all("checkout.session").stream().flatMap(this::session),
                        state.all("payment_intent").stream().flatMap(this::debit),
                        state.all("subscription_schedule").stream()
                                .filter(it -> it.path("status").asText().equals("active"))
                                .map(it -> new DueStep(SandboxSchedules.currentEnd(it), () -> schedules.advance(it))),
                        state.all("subscription").stream()
                                .filter(it -> !it.hasNonNull("ended_at"))
                                .flatMap(this::subscription),
                        state.all("invoice").stream()
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
        return Stream.of(
                new DueStep(session.path("expires_at").asLong(), () -> SandboxCheckoutExpiry.expire(session, events)));
    }

    private Stream<DueStep> debit(ObjectNode intent) {
        if (!intent.path("status").asText().equals("processing")) {
            return Stream.empty();
        }
        long settles = state.internalData(intent).path("settles").asLong();
        return Stream.of(new DueStep(settles, () -> collection.settleDebit(intent, true)));
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
                        .map(at -> new DueStep(at, () -> resumeCollection(subscription)));
        return Stream.of(cancels, resumes, statusSteps(subscription)).flatMap(it -> it);
    }

    private Stream<DueStep> statusSteps(ObjectNode subscription) {
        return switch (subscription.path("status").asText()) {
            case "trialing" -> trial(subscription);
            case "incomplete" ->
                Stream.of(new DueStep(
                        subscription.path("created").asLong() + FIRST_PAYMENT_SECONDS,
                        () -> endings.expire(subscription)));
            case "active", "past_due", "unpaid" ->
                Stream.of(new DueStep(SandboxSubscriptionBilling.periodEnd(subscription), () -> renew(subscription)));
            default -> Stream.empty();
        };
    }

    private Stream<DueStep> trial(ObjectNode subscription) {
        long end = subscription.path("trial_end").asLong();
        Stream<DueStep> warning =
                state.internalData(subscription).path("warned").asBoolean()
                        ? Stream.empty()
                        : Stream.of(new DueStep(
                                Math.max(
                                        end - TRIAL_NOTICE_SECONDS,
                                        state.internalData(subscription)
                                                .path("warnFrom")
                                                .asLong()),
                                () -> warn(subscription)));
        return Stream.concat(warning, Stream.of(new DueStep(end, () -> endTrial(subscription))));
    }

    private void warn(ObjectNode subscription) {
        state.internalData(subscription).put("warned", true);
        events.emit("customer.subscription.trial_will_end", subscription);
    }

    private void endTrial(ObjectNode subscription) {
        String missingMethod = subscription
                .path("trial_settings")
                .path("end_behavior")
                .path("missing_payment_method")
                .asText();
        if (paymentMethods.forSubscription(subscription).isEmpty() && missingMethod.equals("cancel")) {
            endings.cancel(subscription, null);
        } else if (paymentMethods.forSubscription(subscription).isEmpty() && missingMethod.equals("pause")) {
            endings.pause(subscription);
        } else {
            renew(subscription);
        }
    }

    /** Starts the next period and drafts its invoice, which is finalized after an hour. */
    private void renew(ObjectNode subscription) {
        String status = subscription.path("status").asText();
        ObjectNode[] drafted = new ObjectNode[1];
        events.updateAndEmit("customer.subscription.updated", subscription, () -> {
            long from = SandboxSubscriptionBilling.periodStart(subscription);
            long until = SandboxSubscriptionBilling.periodEnd(subscription);
            billing.startNextPeriod(subscription);
            drafted[0] = billing.draft(subscription, "subscription_cycle", from, until);
        });
        ObjectNode invoice = drafted[0];
        if (status.equals("unpaid") || keepsDrafts(subscription)) {
            invoice.put("auto_advance", false);
        } else {
            invoice.put(
                    "automatically_finalizes_at", state.nowEpochSeconds() + SandboxSubscriptionBilling.DRAFT_SECONDS);
        }
        events.emit("invoice.created", invoice);
    }

    private static boolean keepsDrafts(ObjectNode subscription) {
        return subscription.path("pause_collection").path("behavior").asText().equals("keep_as_draft");
    }

    private void resumeCollection(ObjectNode subscription) {
        events.updateAndEmit(
                "customer.subscription.updated", subscription, () -> subscription.putNull("pause_collection"));
    }

    private Stream<DueStep> invoice(ObjectNode invoice) {
        return switch (invoice.path("status").asText()) {
            case "draft" ->
                Stream.of(new DueStep(
                        invoice.path("automatically_finalizes_at").asLong(Long.MAX_VALUE),
                        () -> finalizeDraft(invoice)));
            case "open" ->
                SandboxSubscriptionBilling.isSentByMail(invoice)
                        ? overdue(invoice)
                        : Stream.of(new DueStep(
                                invoice.path("next_payment_attempt").asLong(Long.MAX_VALUE),
                                () -> collection.attempt(invoice)));
            default -> Stream.empty();
        };
    }

    private Stream<DueStep> overdue(ObjectNode invoice) {
        return state.internalData(invoice).path("overdue").asBoolean()
                ? Stream.empty()
                : Stream.of(new DueStep(invoice.path("due_date").asLong(), () -> collection.markOverdue(invoice)));
    }

    private void finalizeDraft(ObjectNode invoice) {
        ObjectNode subscription = state.require("subscription", SandboxInvoices.subscriptionId(invoice));
        String paused = subscription.path("pause_collection").path("behavior").asText();
        invoices.finalizeInvoice(invoice);
        switch (paused) {
            case "void" -> invoices.voidInvoice(invoice);
            case "mark_uncollectible" -> invoices.markUncollectible(invoice);
            default -> {
                if (invoice.path("status").asText().equals("paid")) {
                    collection.reactivateSubscription(invoice);
                } else if (!SandboxSubscriptionBilling.isSentByMail(invoice)) {
                    collection.attempt(invoice);
                }
            }
        }
    }
}
