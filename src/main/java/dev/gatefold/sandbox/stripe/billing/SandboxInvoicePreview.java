package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Previews the next invoice of a subscription, with the changes that the request asks for. A preview is built from a copy of
 * the subscription, by the same steps as the invoice later, and is not stored.
 */
public final class SandboxInvoicePreview {
    private static final long FINALIZATION_SECONDS = Duration.ofHours(1).toSeconds();

    private final SandboxState state;
    private final SandboxSubscriptionBilling billing;
    private final SandboxSubscriptionUpdates updates;
    private final SandboxSchedules schedules;
    private final SandboxDiscounts discounts;
    private final SandboxInvoiceDrafts drafts;

    public SandboxInvoicePreview(
            SandboxState state,
            SandboxSubscriptionBilling billing,
            SandboxSubscriptionUpdates updates,
            SandboxSchedules schedules,
            SandboxDiscounts discounts,
            SandboxInvoiceDrafts drafts) {
        this.state = state;
        this.billing = billing;
        this.updates = updates;
        this.schedules = schedules;
        this.discounts = discounts;
        this.drafts = drafts;
    }

    /** Handles {@code POST /v1/invoices/create_preview}. */
    public ObjectNode create(SandboxApiRequest request) {
        SandboxForm form = request.form();
        if (!form.has("subscription")) {
            throw SandboxApiError.of(
                    400,
                    "You must provide at least one of: `subscription`, `schedule`, `subscription_details.items`,"
                            + " `schedule_details.phases`, `invoice_items`.");
        }
        String id = form.required("subscription");
        ObjectNode subscription = state.find("subscription", id)
                .orElseThrow(() -> SandboxApiError.resourceMissing("subscription", id, "subscription"));
        requireUpcoming(subscription);
        ObjectNode internalData = state.internalData(subscription).deepCopy();
        Set<ObjectNode> known = Set.copyOf(state.all("discount"));
        try {
            return preview(subscription.deepCopy(), form);
        } finally {
            state.internalData(subscription).removeAll().setAll(internalData);
            List.copyOf(state.all("discount")).stream()
                    .filter(it -> !known.contains(it))
                    .forEach(state::remove);
        }
    }

    private ObjectNode preview(ObjectNode subscription, SandboxForm form) {
        SandboxSubscriptionItems.ImmediateInvoice changed =
                updates.change(subscription, form.child("subscription_details"));
        discounts.set(subscription, form);
        boolean next = changed == SandboxSubscriptionItems.ImmediateInvoice.NONE;
        if (next) {
            requireUpcoming(subscription);
        }
        long at = next ? SandboxSubscriptionBilling.periodEnd(subscription) : state.nowEpochSeconds();
        long from = next ? SandboxSubscriptionBilling.periodStart(subscription) : at;
        if (next) {
            schedules
                    .nextPhase(subscription)
                    .ifPresent(it ->
                            updates.change(subscription, withoutProration(SandboxSchedules.changes(subscription, it))));
            billing.startNextPeriod(subscription);
        }
        ObjectNode invoice = drafts.build(
                subscription,
                "upcoming",
                changed == SandboxSubscriptionItems.ImmediateInvoice.PRORATIONS
                        ? billing.takeProrations(subscription)
                        : billing.lines(subscription),
                from,
                at,
                at);
        invoice.put("id", "upcoming_" + SandboxState.id(invoice));
        invoice.put("ending_balance", SandboxBalances.endingBalance(invoice));
        boolean collected = !subscription.path("status").asText().equals("unpaid")
                && !SandboxSubscriptionBilling.collectionPaused(subscription, at);
        invoice.put("auto_advance", collected);
        if (collected && !SandboxSubscriptionBilling.isSentByMail(subscription)) {
            invoice.put("next_payment_attempt", at + (next ? FINALIZATION_SECONDS : 0));
        }
        return invoice;
    }

    private static SandboxForm withoutProration(SandboxForm changes) {
        changes.fields().put("proration_behavior", "none");
        return changes;
    }

    /**
     * Throws the error of subscriptions whose next period is not invoiced.
     *
     * @throws SandboxApiError with status 404 and code {@code invoice_upcoming_none}
     */
    private void requireUpcoming(ObjectNode subscription) {
        String status = subscription.path("status").asText();
        boolean billed = switch (status) {
            case "active", "past_due", "trialing", "unpaid" -> true;
            default -> false;
        };
        boolean endsBefore = subscription.hasNonNull("cancel_at")
                && subscription.path("cancel_at").asLong() <= SandboxSubscriptionBilling.periodEnd(subscription);
        if (!billed || endsBefore || schedules.cancelsBeforeNextPeriod(subscription)) {
            throw SandboxApiError.of(
                            404,
                            "No upcoming invoices for customer: "
                                    + subscription.path("customer").asText())
                    .with("code", "invoice_upcoming_none");
        }
    }
}
