package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.time.Duration;

/**
 * Previews the next invoice of a subscription, with the changes that the request asks for. A preview is built from a copy of
 * the subscription, by the same steps as the invoice later, and is not stored.
 */
public final class SandboxInvoicePreview {
    private static final long FINALIZATION_SECONDS = Duration.ofHours(1).toSeconds();

    private final SandboxState state;
    private final SandboxSubscriptionBilling billing;
    private final SandboxSubscriptionUpdates updates;
    private final SandboxInvoiceDrafts drafts;

    public SandboxInvoicePreview(
            SandboxState state, SandboxSubscriptionBilling billing, SandboxSubscriptionUpdates updates) {
        this.state = state;
        this.billing = billing;
        this.updates = updates;
        this.drafts = new SandboxInvoiceDrafts(state);
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
        JsonNode internalData = state.internalData(subscription).deepCopy();
        try {
            return preview(subscription.deepCopy(), form);
        } finally {
            state.internalData(subscription).removeAll().setAll((ObjectNode) internalData);
        }
    }

    private ObjectNode preview(ObjectNode subscription, SandboxForm form) {
        SandboxSubscriptionItems.ImmediateInvoice changed =
                updates.change(subscription, form.child("subscription_details"));
        boolean next = changed == SandboxSubscriptionItems.ImmediateInvoice.NONE;
        if (next) {
            requireUpcoming(subscription);
        }
        long at = next ? SandboxSubscriptionBilling.periodEnd(subscription) : state.nowEpochSeconds();
        long from = next ? SandboxSubscriptionBilling.periodStart(subscription) : at;
        if (next) {
            billing.startNextPeriod(subscription);
        }
        ObjectNode invoice = drafts.build(
                subscription,
                "upcoming",
                changed == SandboxSubscriptionItems.ImmediateInvoice.PRORATIONS
                        ? billing.takeProrations(subscription)
                        : billing.lines(subscription),
                from,
                at);
        invoice.put("id", "upcoming_" + SandboxState.id(invoice)).put("created", at);
        boolean collected = !subscription.path("status").asText().equals("unpaid")
                && !SandboxSubscriptionBilling.collectionPaused(subscription, at);
        boolean automatic = subscription.path("collection_method").asText().equals("charge_automatically");
        invoice.put("auto_advance", collected);
        if (collected && automatic) {
            invoice.put("next_payment_attempt", at + (next ? FINALIZATION_SECONDS : 0));
        }
        return invoice;
    }

    /**
     * Throws the error of subscriptions whose next period is not invoiced.
     *
     * @throws SandboxApiError with status 404 and code {@code invoice_upcoming_none}
     */
    private static void requireUpcoming(ObjectNode subscription) {
        String status = subscription.path("status").asText();
        boolean billed = switch (status) {
            case "active", "past_due", "trialing", "unpaid" -> true;
            default -> false;
        };
        boolean endsBefore = subscription.hasNonNull("cancel_at")
                && subscription.path("cancel_at").asLong() <= SandboxSubscriptionBilling.periodEnd(subscription);
        if (!billed || endsBefore) {
            throw SandboxApiError.of(
                            404,
                            "No upcoming invoices for customer: "
                                    + subscription.path("customer").asText())
                    .with("code", "invoice_upcoming_none");
        }
    }
}
