package dev.gatefold.billing;

import com.stripe.model.Charge;
import com.stripe.model.Invoice;
import dev.gatefold.subscriptions.Subscription;
import dev.gatefold.subscriptions.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From an event to the subscriptions that it may have changed. */
@Singleton
class Tracing {
    /** Where an event leads. */
    sealed interface Trace {
        record To(Set<String> subscriptions) implements Trace {}

        /** To nothing of ours. */
        record Nowhere(Outcome outcome, String why) implements Trace {}
    }

    private final StripeApi stripe;
    private final Customers customers;
    private final Contests contests;
    private final Subscriptions subscriptions;
    private final Dirty dirty;
    private final Clock clock;

    Tracing(
            StripeApi stripe,
            Customers customers,
            Contests contests,
            Subscriptions subscriptions,
            Dirty dirty,
            Clock clock) {
        this.stripe = stripe;
        this.customers = customers;
        this.contests = contests;
        this.subscriptions = subscriptions;
        this.dirty = dirty;
        this.clock = clock;
    }

    Trace trace(Inbox.Leased event) {
        if (event.charge() != null) {
            return ofCharge(event.charge());
        }
        if (event.subscription() != null) {
            return new Trace.To(Set.of(event.subscription()));
        }
        if (event.type().equals(Doorbell.CUSTOMER_DELETED) && event.customer() != null) {
            return ofCustomer(event.customer());
        }
        return new Trace.Nowhere(Outcome.IGNORED, "It is about no subscription");
    }

    /** A deleted customer has lost all subscriptions; the next checkout makes a new customer. */
    private Trace ofCustomer(String customer) {
        var account = customers.accountOf(customer);
        if (account.isEmpty()) {
            return new Trace.Nowhere(Outcome.UNMATCHED, "The customer is nobody whom we know");
        }
        if (stripe.customer(customer).filter(StripeTranslation::isThere).isPresent()) {
            return new Trace.Nowhere(Outcome.STALE, "The customer is there");
        }
        customers.deleted(customer, clock.instant());
        Set<String> known = new LinkedHashSet<>(QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.of(account.get()).stream()
                        .map(Subscription::id)
                        .toList()));
        return known.isEmpty()
                ? new Trace.Nowhere(Outcome.APPLIED, "The customer had no subscription")
                : new Trace.To(known);
    }

    /** A charge does not name what it paid: that is found by way of the payment and the invoice. */
    Trace ofCharge(String id) {
        long fetch = dirty.nextFetch();
        Optional<Charge> charge = stripe.charge(id);
        Optional<Invoice> invoice = charge.map(Charge::getPaymentIntent).flatMap(this::invoiceOf);
        Optional<String> subscription = invoice.flatMap(StripeTranslation::subscriptionOf);
        if (subscription.isEmpty()) {
            return new Trace.Nowhere(Outcome.IGNORED, "The charge paid for no subscription");
        }
        Contest contest = StripeTranslation.contest(charge.get(), stripe.disputes(id), clock.instant());
        contests.record(id, subscription.get(), invoice.get().getId(), contest, fetch);
        return new Trace.To(Set.of(subscription.get()));
    }

    private Optional<Invoice> invoiceOf(String paymentIntent) {
        List<String> invoices = StripeTranslation.invoicesOf(stripe.invoicePayments(paymentIntent))
                .toList();
        return invoices.stream().findFirst().flatMap(stripe::invoice);
    }
}
