package dev.gatefold.sandbox.stripe.api;

import dev.gatefold.sandbox.stripe.billing.SandboxDiscounts;
import dev.gatefold.sandbox.stripe.billing.SandboxInvoiceActions;
import dev.gatefold.sandbox.stripe.billing.SandboxInvoiceDrafts;
import dev.gatefold.sandbox.stripe.billing.SandboxInvoicePayer;
import dev.gatefold.sandbox.stripe.billing.SandboxInvoicePreview;
import dev.gatefold.sandbox.stripe.billing.SandboxInvoices;
import dev.gatefold.sandbox.stripe.billing.SandboxLifecycle;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentCollection;
import dev.gatefold.sandbox.stripe.billing.SandboxPaymentMethods;
import dev.gatefold.sandbox.stripe.billing.SandboxPayments;
import dev.gatefold.sandbox.stripe.billing.SandboxSchedules;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionEndings;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionUpdates;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import dev.gatefold.sandbox.stripe.webhooks.SandboxWebhookDeliveries;

/** The parts of the sandbox, wired together. */
public final class SandboxComponents {
    public final SandboxWebhookDeliveries deliveries;
    public final SandboxEvents events;
    public final SandboxPaymentMethods paymentMethods;
    public final SandboxInvoices invoices;
    public final SandboxPaymentCollection collection;
    public final SandboxSubscriptionUpdates subscriptionUpdates;
    public final SandboxSubscriptions subscriptions;
    public final SandboxInvoicePayer invoicePayer;
    public final SandboxInvoiceActions invoiceActions;
    public final SandboxInvoicePreview invoicePreview;
    public final SandboxRefunds refunds;
    public final SandboxDisputes disputes;
    public final SandboxPortalSessions portalSessions;
    public final SandboxPortalActions portalActions;
    public final SandboxCheckoutActions checkoutActions;
    public final SandboxLifecycle lifecycle;
    public final SandboxCatalog catalog;
    final SandboxScheduleApi scheduleApi;
    final SandboxCoupons coupons;
    public final SandboxCustomers customers;
    public final SandboxCheckoutSessions checkoutSessions;

    /** Creates all parts on the state. {@code url} is the base URL of the Checkout and portal pages. */
    public SandboxComponents(SandboxState state, String url) {
        deliveries = new SandboxWebhookDeliveries(state);
        events = new SandboxEvents(state, deliveries);
        paymentMethods = new SandboxPaymentMethods(state, events);
        SandboxPayments payments = new SandboxPayments(state, events, paymentMethods);
        SandboxDiscounts discounts = new SandboxDiscounts(state);
        SandboxInvoiceDrafts drafts = new SandboxInvoiceDrafts(state, discounts);
        invoices = new SandboxInvoices(state, events, payments, discounts, drafts, url);
        SandboxSubscriptionEndings endings = new SandboxSubscriptionEndings(state, events, invoices);
        collection = new SandboxPaymentCollection(state, events, paymentMethods, payments, invoices, endings);
        SandboxSubscriptionBilling billing =
                new SandboxSubscriptionBilling(state, events, invoices, collection, discounts);
        subscriptionUpdates = new SandboxSubscriptionUpdates(state, events, paymentMethods, billing, discounts);
        SandboxSchedules schedules = new SandboxSchedules(state, events, subscriptionUpdates, endings);
        scheduleApi = new SandboxScheduleApi(state, events, schedules, subscriptionUpdates);
        coupons = new SandboxCoupons(state);
        subscriptions = new SandboxSubscriptions(state, paymentMethods, billing, subscriptionUpdates, endings);
        invoicePayer = new SandboxInvoicePayer(state, paymentMethods, invoices, collection);
        invoiceActions = new SandboxInvoiceActions(state, events, invoices, collection, endings);
        invoicePreview = new SandboxInvoicePreview(state, billing, subscriptionUpdates, schedules, discounts, drafts);
        refunds = new SandboxRefunds(state, events);
        disputes = new SandboxDisputes(state, events);
        portalSessions = new SandboxPortalSessions(state, url);
        portalActions = new SandboxPortalActions(
                state, events, portalSessions, paymentMethods, subscriptions, subscriptionUpdates, invoicePayer);
        customers = new SandboxCustomers(state, events, paymentMethods, endings);
        checkoutSessions = new SandboxCheckoutSessions(state, events, subscriptions, url);
        checkoutActions =
                new SandboxCheckoutActions(state, events, customers, paymentMethods, payments, billing, deliveries);
        lifecycle =
                new SandboxLifecycle(state, events, paymentMethods, invoices, collection, billing, endings, schedules);
        catalog = new SandboxCatalog(state, events);
    }
}
