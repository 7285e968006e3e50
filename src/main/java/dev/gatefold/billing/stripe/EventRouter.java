package dev.gatefold.billing.stripe;

import dev.gatefold.billing.customer.BillingCustomers;
import dev.gatefold.billing.queue.EventRoute;
import dev.gatefold.billing.queue.InboxEvent;
import dev.gatefold.billing.queue.InboxOutcome;
import dev.gatefold.subscriptions.model.Subscription;
import dev.gatefold.subscriptions.model.Subscriptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the subscriptions that an event may have changed. */
@Singleton
class EventRouter {
    private final StripeCustomerApi stripe;
    private final ChargeRouter charges;
    private final BillingCustomers customers;
    private final Subscriptions subscriptions;
    private final Clock clock;

    EventRouter(
            StripeCustomerApi stripe,
            ChargeRouter charges,
            BillingCustomers customers,
            Subscriptions subscriptions,
            Clock clock) {
        this.stripe = stripe;
        this.charges = charges;
        this.customers = customers;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    EventRoute route(InboxEvent event) {
        if (event.charge() != null) {
            return charges.route(event.charge());
        }
        if (event.subscription() != null) {
            return new EventRoute.ToSubscriptions(Set.of(event.subscription()));
        }
        if (event.type().equals(StripeEventRef.CUSTOMER_DELETED) && event.customer() != null) {
            return routeDeletedCustomer(event.customer());
        }
        return new EventRoute.Unroutable(InboxOutcome.IGNORED, "Event concerns no subscription");
    }

    /** With a customer, Stripe ends all of its subscriptions. The account's next checkout creates another customer. */
    private EventRoute routeDeletedCustomer(String customer) {
        var account = customers.accountOf(StripeBilling.PROVIDER, customer);
        if (account.isEmpty()) {
            return new EventRoute.Unroutable(InboxOutcome.UNMATCHED, "Unknown customer");
        }
        if (stripe.exists(customer)) {
            return new EventRoute.Unroutable(InboxOutcome.STALE, "The customer exists");
        }
        customers.markDeleted(StripeBilling.PROVIDER, customer, clock.instant());
        Set<String> known = QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.ofAccount(StripeBilling.PROVIDER, account.get()).stream()
                        .map(Subscription::id)
                        .collect(Collectors.toSet()));
        return known.isEmpty()
                ? new EventRoute.Unroutable(InboxOutcome.APPLIED, "The customer had no subscription")
                : new EventRoute.ToSubscriptions(known);
    }
}
