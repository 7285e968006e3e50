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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Finds the subscriptions that an event may have changed. An event about a price is handled here. */
@Singleton
class EventRouter {
    private final StripeCustomerApi stripe;
    private final StripeInvoiceApi stripeInvoices;
    private final StripeSubscriptionApi stripeSubscriptions;
    private final CustomerAccounts accounts;
    private final PriceComparison prices;
    private final ChargeRouter charges;
    private final OpenInvoiceCollection collection;
    private final BillingCustomers customers;
    private final Subscriptions subscriptions;
    private final Clock clock;

    EventRouter(
            StripeCustomerApi stripe,
            StripeInvoiceApi stripeInvoices,
            StripeSubscriptionApi stripeSubscriptions,
            CustomerAccounts accounts,
            PriceComparison prices,
            ChargeRouter charges,
            OpenInvoiceCollection collection,
            BillingCustomers customers,
            Subscriptions subscriptions,
            Clock clock) {
        this.stripe = stripe;
        this.stripeInvoices = stripeInvoices;
        this.stripeSubscriptions = stripeSubscriptions;
        this.accounts = accounts;
        this.prices = prices;
        this.charges = charges;
        this.collection = collection;
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
        if (event.customer() != null) {
            return routeCustomer(event);
        }
        return switch (event.objectType()) {
            case "invoice" -> routeInvoice(event.objectId());
            case StripeEventRef.PRICE -> comparePrices();
            case "dispute" -> charges.routeDispute(event.objectId());
            case null, default -> noSubscription();
        };
    }

    /** A notification does not contain the invoice. */
    private EventRoute routeInvoice(String invoice) {
        return Optional.ofNullable(invoice)
                .flatMap(stripeInvoices::find)
                .flatMap(ChargeRouter::subscriptionOf)
                .<EventRoute>map(subscription -> new EventRoute.ToSubscriptions(Set.of(subscription)))
                .orElseGet(EventRouter::noSubscription);
    }

    private EventRoute comparePrices() {
        prices.compareAll();
        return new EventRoute.Unroutable(InboxOutcome.APPLIED, "The prices for sale were compared");
    }

    private EventRoute routeCustomer(InboxEvent event) {
        if (event.type().endsWith(StripeEventRef.CUSTOMER_DELETED)) {
            return routeDeletedCustomer(event.customer());
        }
        Optional<UUID> account = customers.accountOf(StripeBilling.PROVIDER, event.customer());
        if (account.isEmpty()) {
            return routeUnknownCustomer(event.customer());
        }
        List<Subscription> held = recorded(account.get()).stream()
                .filter(it -> event.customer().equals(it.customer()))
                .toList();
        if (StripeEventRef.isNewPaymentMethod(event.type())) {
            collection.collect(event.id(), held);
        }
        return held.isEmpty() ? noSubscription() : toSubscriptions(held);
    }

    /** Support may have named the account in the metadata of a customer that was created in Stripe's dashboard. */
    private EventRoute routeUnknownCustomer(String customer) {
        if (accounts.fetchNamed(customer, null).isEmpty()) {
            return noSubscription();
        }
        Set<String> subscriptions = stripeSubscriptions.list(Optional.of(customer), Optional.empty()).getData().stream()
                .map(com.stripe.model.Subscription::getId)
                .collect(Collectors.toSet());
        return subscriptions.isEmpty() ? noSubscription() : new EventRoute.ToSubscriptions(subscriptions);
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
        List<Subscription> known = recorded(account.get());
        return known.isEmpty()
                ? new EventRoute.Unroutable(InboxOutcome.APPLIED, "The customer had no subscription")
                : toSubscriptions(known);
    }

    private List<Subscription> recorded(UUID account) {
        return QuarkusTransaction.requiringNew().call(() -> subscriptions.ofAccount(StripeBilling.PROVIDER, account));
    }

    private static EventRoute toSubscriptions(List<Subscription> subscriptions) {
        return new EventRoute.ToSubscriptions(
                subscriptions.stream().map(Subscription::id).collect(Collectors.toSet()));
    }

    private static EventRoute noSubscription() {
        return new EventRoute.Unroutable(InboxOutcome.IGNORED, "Event concerns no subscription");
    }
}
