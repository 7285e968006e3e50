package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.time.Duration;
import java.util.Set;

/** Updates, finalizes, voids and writes off invoices on request. */
public final class SandboxInvoiceActions {
    private static final long PAYMENT_SECONDS = Duration.ofHours(1).toSeconds();

    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxInvoices invoices;
    private final SandboxPaymentCollection collection;
    private final SandboxSubscriptionEndings endings;

    public SandboxInvoiceActions(
            SandboxState state,
            SandboxEvents events,
            SandboxInvoices invoices,
            SandboxPaymentCollection collection,
            SandboxSubscriptionEndings endings) {
        this.state = state;
        this.events = events;
        this.invoices = invoices;
        this.collection = collection;
        this.endings = endings;
    }

    /** Handles {@code POST /v1/invoices/ID/finalize}. With {@code auto_advance}, the payment is attempted after an hour. */
    public ObjectNode finalizeDraft(SandboxApiRequest request) {
        ObjectNode invoice = state.require("invoice", request.id());
        if (!invoice.path("status").asText().equals("draft")) {
            throw SandboxApiError.of(
                    400, "This invoice is already finalized, you can't re-finalize a non-draft invoice.");
        }
        request.form().flag("auto_advance").ifPresent(it -> invoice.put("auto_advance", it));
        invoices.finalizeInvoice(invoice);
        if (invoice.path("auto_advance").asBoolean()) {
            invoice.put("next_payment_attempt", state.nowEpochSeconds() + PAYMENT_SECONDS);
        }
        return invoice;
    }

    /** Handles {@code POST /v1/invoices/ID}. Without {@code auto_advance} the payment is not attempted automatically. */
    public ObjectNode update(SandboxApiRequest request) {
        ObjectNode invoice = state.require("invoice", request.id());
        events.updateAndEmit("invoice.updated", invoice, () -> {
            request.form().copy(invoice, "description");
            request.form().copyMetadata(invoice);
            request.form().flag("auto_advance").ifPresent(it -> invoice.put("auto_advance", it));
            if (!invoice.path("auto_advance").asBoolean()) {
                invoice.putNull("next_payment_attempt").putNull("automatically_finalizes_at");
            }
        });
        return invoice;
    }

    /** Handles {@code POST /v1/invoices/ID/void}, which also cancels the payment. */
    public ObjectNode voidInvoice(SandboxApiRequest request) {
        ObjectNode invoice = requireStatus(request, Set.of("open", "uncollectible"));
        invoices.voidInvoice(invoice);
        settleSubscription(invoice);
        return invoice;
    }

    /** Handles {@code POST /v1/invoices/ID/mark_uncollectible}. The invoice can still be paid. */
    public ObjectNode markUncollectible(SandboxApiRequest request) {
        ObjectNode invoice = requireStatus(request, Set.of("open"));
        invoices.markUncollectible(invoice);
        settleSubscription(invoice);
        return invoice;
    }

    private ObjectNode requireStatus(SandboxApiRequest request, Set<String> statuses) {
        ObjectNode invoice = state.require("invoice", request.id());
        if (!statuses.contains(invoice.path("status").asText())) {
            throw SandboxApiError.of(400, "You can only pass in open invoices. This invoice isn't open.")
                    .with("code", "invoice_not_editable");
        }
        return invoice;
    }

    /** Updates the status of the subscription, which depends on its newest invoice that is not void. */
    private void settleSubscription(ObjectNode invoice) {
        ObjectNode subscription = state.require("subscription", SandboxInvoices.subscriptionId(invoice));
        String status = subscription.path("status").asText();
        if (status.equals("incomplete")) {
            endings.expire(subscription);
        } else if (status.equals("past_due") || status.equals("unpaid")) {
            boolean owed = invoices.ofSubscription(subscription).reversed().stream()
                    .map(it -> it.path("status").asText())
                    .filter(it -> !it.equals("void") && !it.equals("draft"))
                    .findFirst()
                    .filter("open"::equals)
                    .isPresent();
            if (!owed) {
                collection.setStatus(subscription, "active");
            }
        }
    }
}
