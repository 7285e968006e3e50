package dev.gatefold.billing.stripe;

import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Invoice;
import dev.gatefold.billing.queue.EventRoute;
import dev.gatefold.billing.queue.InboxOutcome;
import dev.gatefold.billing.queue.WorkQueue;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Records the refund or dispute of a charge and finds the subscription that it paid for. */
@Singleton
class ChargeRouter {
    private final StripePaymentApi stripe;
    private final PaymentReversals reversals;
    private final WorkQueue queue;
    private final Clock clock;

    ChargeRouter(StripePaymentApi stripe, PaymentReversals reversals, WorkQueue queue, Clock clock) {
        this.stripe = stripe;
        this.reversals = reversals;
        this.queue = queue;
        this.clock = clock;
    }

    /** Routes a dispute of which only the id is known. */
    EventRoute routeDispute(String id) {
        return stripe.findDispute(id)
                .map(Dispute::getCharge)
                .map(this::route)
                .orElseGet(() -> new EventRoute.Unroutable(InboxOutcome.IGNORED, "Stripe does not have the dispute"));
    }

    /** A charge does not name its subscription: it is found through the payment intent and the invoice. */
    EventRoute route(String id) {
        long syncNumber = queue.nextSyncNumber();
        Optional<Charge> charge = stripe.findCharge(id);
        Optional<Invoice> invoice = charge.map(Charge::getPaymentIntent).flatMap(stripe::findInvoicePaidBy);
        Optional<String> subscription = invoice.flatMap(ChargeRouter::subscriptionOf);
        if (subscription.isEmpty()) {
            return new EventRoute.Unroutable(InboxOutcome.IGNORED, "The charge paid for no subscription");
        }
        PaymentReversal reversal = PaymentReversal.of(charge.get(), stripe.disputesOf(id), clock.instant());
        reversals.record(
                id,
                subscription.get(),
                invoice.get().getId(),
                reversal,
                Optional.ofNullable(charge.get().getAmountRefunded()).orElse(0L),
                syncNumber);
        return new EventRoute.ToSubscriptions(Set.of(subscription.get()));
    }

    static Optional<String> subscriptionOf(Invoice invoice) {
        return Optional.ofNullable(invoice.getParent())
                .map(Invoice.Parent::getSubscriptionDetails)
                .map(Invoice.Parent.SubscriptionDetails::getSubscription);
    }
}
