package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;

/** All the parts, put together; and which request reaches which. */
final class Works {
    final Deliveries deliveries;
    final Events events;
    final Cards cards;
    final Invoices invoices;
    final Collecting collecting;
    final Changes changes;
    final Subscriptions subscriptions;
    final Bills bills;
    final Refunds refunds;
    final Disputes disputes;
    final Portal portal;
    final Till till;
    final Lives lives;
    final Catalogue catalogue;
    final Customers customers;
    final Checkout checkout;
    private final World world;

    Works(World world, String url) {
        this.world = world;
        deliveries = new Deliveries(world);
        events = new Events(world, deliveries);
        cards = new Cards(world, events);
        Payments payments = new Payments(world, events, cards);
        invoices = new Invoices(world, events, payments);
        Endings endings = new Endings(world, events, invoices);
        collecting = new Collecting(world, events, cards, payments, invoices, endings);
        Starting starting = new Starting(world, events, invoices, collecting);
        changes = new Changes(world, events, cards, starting);
        subscriptions = new Subscriptions(world, cards, starting, changes, endings);
        bills = new Bills(world, cards, invoices, collecting);
        refunds = new Refunds(world, events);
        disputes = new Disputes(world, events);
        portal = new Portal(world, events, cards, changes, bills, url);
        customers = new Customers(world, events, cards, endings);
        checkout = new Checkout(world, events, subscriptions, url);
        till = new Till(world, events, customers, cards, payments, starting, deliveries);
        lives = new Lives(world, events, cards, invoices, collecting, starting, endings);
        catalogue = new Catalogue(world, events);
    }

    Routes routes() {
        Routes routes = new Routes();
        routes.on("POST customers", customers::create);
        routes.on("GET customers", customers::list);
        routes.on("GET customers/*", get("customer"));
        routes.on("POST customers/*", customers::update);
        routes.on("DELETE customers/*", customers::delete);
        routes.on("POST products", catalogue::createProduct);
        routes.on("GET products", catalogue::listProducts);
        routes.on("GET products/*", get("product"));
        routes.on("POST prices", catalogue::createPrice);
        routes.on("GET prices", catalogue::listPrices);
        routes.on("GET prices/*", get("price"));
        routes.on("POST prices/*", catalogue::updatePrice);
        routes.on("POST checkout/sessions", checkout::create);
        routes.on("GET checkout/sessions", checkout::list);
        routes.on("GET checkout/sessions/*", get("checkout.session"));
        routes.on("GET checkout/sessions/*/line_items", checkout::lineItems);
        routes.on("POST checkout/sessions/*/expire", checkout::expire);
        routes.on("POST subscriptions", subscriptions::create);
        routes.on("GET subscriptions", subscriptions::list);
        routes.on("GET subscriptions/*", get("subscription"));
        routes.on("POST subscriptions/*", subscriptions::update);
        routes.on("DELETE subscriptions/*", subscriptions::cancel);
        routes.on("POST subscriptions/*/resume", subscriptions::resume);
        routes.on("GET subscription_items", subscriptions::items);
        routes.on("GET invoices", invoices::list);
        routes.on("GET invoices/*", get("invoice"));
        routes.on("POST invoices/*/pay", bills::pay);
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
        routes.on("POST billing_portal/sessions", portal::create);
        routes.on("GET events", events::list);
        routes.on("GET events/*", get("event"));
        return routes;
    }

    private Function<Call, ObjectNode> get(String kind) {
        return call -> world.get(kind, call.id());
    }

    private Function<Call, ObjectNode> list(String kind, String... filters) {
        return call -> Lists.page(call, world.all(kind), Lists.where(call.form(), filters));
    }
}
