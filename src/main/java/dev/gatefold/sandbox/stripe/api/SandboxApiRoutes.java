package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxRoutes;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.util.function.Function;

/** The endpoints under {@code /v1}: those of Stripe that Gatefold uses. */
public final class SandboxApiRoutes {
    private final SandboxState state;
    private final SandboxComponents components;
    private final SandboxRoutes routes = new SandboxRoutes();

    /** Declares the routes to the components. */
    public SandboxApiRoutes(SandboxState state, SandboxComponents components) {
        this.state = state;
        this.components = components;
        addCustomers();
        addCatalog();
        addCheckoutAndPortal();
        addSubscriptions();
        addInvoices();
        addPayments();
        addEvents();
    }

    /** Returns all routes. */
    public SandboxRoutes routes() {
        return routes;
    }

    private void addCustomers() {
        routes.on("POST customers", components.customers::create);
        routes.on("GET customers", components.customers::list);
        routes.on("GET customers/*", get("customer"));
        routes.on("POST customers/*", components.customers::update);
        routes.on("DELETE customers/*", components.customers::delete);
        routes.on("POST customers/*/balance_transactions", components.customers::createBalanceTransaction);
        routes.on("GET customers/*/payment_methods", components.customers::listPaymentMethods);
        routes.on("GET customers/*/balance_transactions", components.customers::listBalanceTransactions);
    }

    private void addCatalog() {
        routes.on("POST products", components.catalog::createProduct);
        routes.on("GET products", components.catalog::listProducts);
        routes.on("GET products/*", get("product"));
        routes.on("POST products/*", components.catalog::updateProduct);
        routes.on("POST prices", components.catalog::createPrice);
        routes.on("GET prices", components.catalog::listPrices);
        routes.on("GET prices/*", get("price"));
        routes.on("POST prices/*", components.catalog::updatePrice);
        routes.on("POST coupons", components.coupons::create);
        routes.on("GET coupons", list("coupon"));
        routes.on("GET coupons/*", get("coupon"));
        routes.on("DELETE coupons/*", components.coupons::delete);
        routes.on("POST promotion_codes", components.coupons::createPromotionCode);
        routes.on("GET promotion_codes", components.coupons::listPromotionCodes);
        routes.on("GET promotion_codes/*", get("promotion_code"));
    }

    private void addCheckoutAndPortal() {
        routes.on("POST checkout/sessions", components.checkoutSessions::create);
        routes.on("GET checkout/sessions", components.checkoutSessions::list);
        routes.on("GET checkout/sessions/*", get("checkout.session"));
        routes.on("GET checkout/sessions/*/line_items", components.checkoutSessions::lineItems);
        routes.on("POST checkout/sessions/*/expire", components.checkoutSessions::expire);
        routes.on("POST billing_portal/sessions", components.portalSessions::create);
    }

    private void addSubscriptions() {
        routes.on("POST subscriptions", components.subscriptions::create);
        routes.on("GET subscriptions", components.subscriptions::list);
        routes.on("GET subscriptions/*", get("subscription"));
        routes.on("POST subscriptions/*", components.subscriptions::update);
        routes.on("DELETE subscriptions/*", components.subscriptions::cancel);
        routes.on("POST subscriptions/*/resume", components.subscriptions::resume);
        routes.on("GET subscription_items", components.subscriptions::items);
        routes.on("POST subscription_schedules", components.scheduleApi::create);
        routes.on("GET subscription_schedules", components.scheduleApi::list);
        routes.on("GET subscription_schedules/*", get("subscription_schedule"));
        routes.on("POST subscription_schedules/*", components.scheduleApi::update);
        routes.on("POST subscription_schedules/*/release", components.scheduleApi::release);
        routes.on("POST subscription_schedules/*/cancel", components.scheduleApi::cancel);
    }

    private void addInvoices() {
        routes.on("GET invoices", components.invoices::list);
        routes.on("GET invoices/*", get("invoice"));
        routes.on("POST invoices/create_preview", components.invoicePreview::create);
        routes.on("POST invoices/*", components.invoiceActions::update);
        routes.on("POST invoices/*/pay", components.invoicePayer::pay);
        routes.on("POST invoices/*/finalize", components.invoiceActions::finalizeDraft);
        routes.on("POST invoices/*/void", components.invoiceActions::voidInvoice);
        routes.on("POST invoices/*/mark_uncollectible", components.invoiceActions::markUncollectible);
        routes.on("GET invoice_payments", components.invoices::listPayments);
        routes.on("GET invoice_payments/*", get("invoice_payment"));
    }

    private void addPayments() {
        routes.on("GET payment_intents/*", get("payment_intent"));
        routes.on("GET charges", list("charge", "customer", "payment_intent"));
        routes.on("GET charges/*", get("charge"));
        routes.on("POST refunds", components.refunds::create);
        routes.on("GET refunds", components.refunds::list);
        routes.on("GET refunds/*", get("refund"));
        routes.on("GET disputes", components.disputes::list);
        routes.on("GET disputes/*", get("dispute"));
    }

    private void addEvents() {
        routes.on("GET events", components.events::list);
        routes.on("GET events/*", get("event"));
    }

    private Function<SandboxApiRequest, ObjectNode> get(String kind) {
        return request -> state.require(kind, request.id());
    }

    private Function<SandboxApiRequest, ObjectNode> list(String kind, String... filters) {
        return request -> SandboxLists.page(request, state.all(kind), SandboxLists.matching(request.form(), filters));
    }
}
