package dev.gatefold.billing.stripe;

import com.stripe.model.Charge;
import com.stripe.model.Invoice;
import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.billing.queue.Inbox;
import dev.gatefold.billing.queue.InboxOutcome;
import dev.gatefold.billing.queue.SyncQueue;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From an event to the subscriptions that it may have changed. */
@Singleton
public class EventRouter {
    /** Where an event leads. */
    public sealed interface EventRoute {
        record ToSubscriptions(Set<String> subscriptions) implements EventRoute {}

        /** To nothing of ours. */
        record Unroutable(InboxOutcome outcome, String detail) implements EventRoute {}
    }

    private final StripeApi stripe;
    private final BillingCustomers customers;
    private final PaymentReversals contests;
    private final Subscriptions subscriptions;
    private final SyncQueue dirty;
    private final Clock clock;

    EventRouter(
            StripeApi stripe,
            BillingCustomers customers,
            PaymentReversals contests,
            Subscriptions subscriptions,
            SyncQueue dirty,
            Clock clock) {
        this.stripe = stripe;
        this.customers = customers;
        this.contests = contests;
        this.subscriptions = subscriptions;
        this.dirty = dirty;
        this.clock = clock;
    }

    public EventRoute route(Inbox.LeasedEvent event) {
        if (event.charge() != null) {
            return routeCharge(event.charge());
        }
        if (event.subscription() != null) {
            return new EventRoute.ToSubscriptions(Set.of(event.subscription()));
        }
        if (event.type().equals(StripeEventRef.CUSTOMER_DELETED) && event.customer() != null) {
            return ofCustomer(event.customer());
        }
        return new EventRoute.Unroutable(InboxOutcome.IGNORED, "It is about no subscription");
    }

    /** A deleted customer has lost all subscriptions; the next checkout makes a new customer. */
    private EventRoute ofCustomer(String customer) {
        var account = customers.accountOf(customer);
        if (account.isEmpty()) {
            return new EventRoute.Unroutable(InboxOutcome.UNMATCHED, "The customer is nobody whom we know");
        }
        if (stripe.customer(customer).filter(StripeTranslation::isNotDeleted).isPresent()) {
            return new EventRoute.Unroutable(InboxOutcome.STALE, "The customer is there");
        }
        customers.markDeleted(customer, clock.instant());
        Set<String> known = new LinkedHashSet<>(QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.ofAccount(StripeBilling.PROVIDER, account.get()).stream()
                        .map(Subscription::id)
                        .toList()));
        return known.isEmpty()
                ? new EventRoute.Unroutable(InboxOutcome.APPLIED, "The customer had no subscription")
                : new EventRoute.ToSubscriptions(known);
    }

    /** A charge does not name what it paid: that is found by way of the payment and the invoice. */
    public EventRoute routeCharge(String id) {
        long fetch = dirty.nextSyncNumber();
        Optional<Charge> charge = stripe.charge(id);
        Optional<Invoice> invoice = charge.map(Charge::getPaymentIntent).flatMap(this::invoiceOf);
        Optional<String> subscription = invoice.flatMap(StripeTranslation::subscriptionOf);
        if (subscription.isEmpty()) {
            return new EventRoute.Unroutable(InboxOutcome.IGNORED, "The charge paid for no subscription");
        }
        PaymentReversal contest = StripeTranslation.reversal(charge.get(), stripe.disputes(id), clock.instant());
        contests.record(id, subscription.get(), invoice.get().getId(), contest, fetch);
        return new EventRoute.ToSubscriptions(Set.of(subscription.get()));
    }

    private Optional<Invoice> invoiceOf(String paymentIntent) {
        List<String> invoices = StripeTranslation.invoiceIds(stripe.invoicePayments(paymentIntent))
                .toList();
        return invoices.stream().findFirst().flatMap(stripe::invoice);
    }
}
