package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxInvoicePayer;
import dev.gatefold.sandbox.stripe.billing.SandboxInvoices;
import dev.gatefold.sandbox.stripe.billing.SandboxLifecycle;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentCollection;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethods;
import dev.gatefold.sandbox.stripe.billing.SandboxPayments;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionEndings;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionUpdates;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxRoutes;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import dev.gatefold.sandbox.stripe.webhooks.SandboxWebhookDeliveries;
import java.util.function.Function;

/** All the parts, put together; and which request reaches which. */
public final class SandboxComponents {
    public final SandboxWebhookDeliveries deliveries;
    public final SandboxEvents events;
    public final SandboxPaymentMethods paymentMethods;
    public final SandboxInvoices invoices;
    public final SandboxPaymentCollection collection;
    public final SandboxSubscriptionUpdates subscriptionUpdates;
    public final SandboxSubscriptions subscriptions;
    public final SandboxInvoicePayer invoicePayer;
    public final SandboxRefunds refunds;
    public final SandboxDisputes disputes;
    public final SandboxPortalSessions portalSessions;
    public final SandboxCheckoutActions checkoutActions;
    public final SandboxLifecycle lifecycle;
    public final SandboxCatalog catalog;
    final SandboxCustomers customers;
    public final SandboxCheckoutSessions checkoutSessions;
    private final SandboxState world;

    public SandboxComponents(SandboxState world, String url) {
        this.world = world;
        deliveries = new SandboxWebhookDeliveries(world);
        events = new SandboxEvents(world, deliveries);
        paymentMethods = new SandboxPaymentMethods(world, events);
        SandboxPayments payments = new SandboxPayments(world, events, paymentMethods);
        invoices = new SandboxInvoices(world, events, payments);
        SandboxSubscriptionEndings endings = new SandboxSubscriptionEndings(world, events, invoices);
        collection = new SandboxPaymentCollection(world, events, paymentMethods, payments, invoices, endings);
        SandboxSubscriptionBilling starting = new SandboxSubscriptionBilling(world, events, invoices, collection);
        subscriptionUpdates = new SandboxSubscriptionUpdates(world, events, paymentMethods, starting);
        subscriptions = new SandboxSubscriptions(world, paymentMethods, starting, subscriptionUpdates, endings);
        invoicePayer = new SandboxInvoicePayer(world, paymentMethods, invoices, collection);
        refunds = new SandboxRefunds(world, events);
        disputes = new SandboxDisputes(world, events);
        portalSessions =
                new SandboxPortalSessions(world, events, paymentMethods, subscriptionUpdates, invoicePayer, url);
        customers = new SandboxCustomers(world, events, paymentMethods, endings);
        checkoutSessions = new SandboxCheckoutSessions(world, events, subscriptions, url);
        checkoutActions =
                new SandboxCheckoutActions(world, events, customers, paymentMethods, payments, starting, deliveries);
        lifecycle = new SandboxLifecycle(world, events, paymentMethods, invoices, collection, starting, endings);
        catalog = new SandboxCatalog(world, events);
    }

    public SandboxRoutes routes() {
        SandboxRoutes routes = new SandboxRoutes();
        routes.on("POST customers", customers::create);
        routes.on("GET customers", customers::list);
        routes.on("GET customers/*", get("customer"));
        routes.on("POST customers/*", customers::update);
        routes.on("DELETE customers/*", customers::delete);
        routes.on("POST products", catalog::createProduct);
        routes.on("GET products", catalog::listProducts);
        routes.on("GET products/*", get("product"));
        routes.on("POST prices", catalog::createPrice);
        routes.on("GET prices", catalog::listPrices);
        routes.on("GET prices/*", get("price"));
        routes.on("POST prices/*", catalog::updatePrice);
        routes.on("POST checkout/sessions", checkoutSessions::create);
        routes.on("GET checkout/sessions", checkoutSessions::list);
        routes.on("GET checkout/sessions/*", get("checkout.session"));
        routes.on("GET checkout/sessions/*/line_items", checkoutSessions::lineItems);
        routes.on("POST checkout/sessions/*/expire", checkoutSessions::expire);
        routes.on("POST subscriptions", subscriptions::create);
        routes.on("GET subscriptions", subscriptions::list);
        routes.on("GET subscriptions/*", get("subscription"));
        routes.on("POST subscriptions/*", subscriptions::update);
        routes.on("DELETE subscriptions/*", subscriptions::cancel);
        routes.on("POST subscriptions/*/resume", subscriptions::resume);
        routes.on("GET subscription_items", subscriptions::items);
        routes.on("GET invoices", invoices::list);
        routes.on("GET invoices/*", get("invoice"));
        routes.on("POST invoices/*/pay", invoicePayer::pay);
        routes.on("GET invoice_payments", invoices::listPayments);
        routes.on("GET invoice_payments/*", get("invoice_payment"));
        routes.on("GET payment_intents/*", get("payment_intent"));
        routes.on("GET charges", list("charge", "customer", "payment_intent"));
        routes.on("GET charges/*", get("charge"));
        routes.on("POST refunds", refunds::create);
        routes.on("GET refunds", refunds::list);
        routes.on("GET refunds/*", get("refund"));
        routes.on("GET disputes", disputes::list);
        routes.on("GET disputes/*", get("dispute"));
        routes.on("POST billing_portal/sessions", portalSessions::create);
        routes.on("GET events", events::list);
        routes.on("GET events/*", get("event"));
        return routes;
    }

    private Function<SandboxApiRequest, ObjectNode> get(String kind) {
        return call -> world.require(kind, call.id());
    }

    private Function<SandboxApiRequest, ObjectNode> list(String kind, String... filters) {
        return call -> SandboxLists.page(call, world.all(kind), SandboxLists.matching(call.form(), filters));
    }
}
