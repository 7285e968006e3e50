package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxSubscriptionBilling;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.util.List;

/** The API of portal sessions. {@link SandboxPortalActions} has the actions of customers in the portal. */
public final class SandboxPortalSessions {
    private final SandboxState state;
    private final String url;

    SandboxPortalSessions(SandboxState state, String url) {
        this.state = state;
        this.url = url;
    }

    ObjectNode create(SandboxApiRequest request) {
        SandboxForm form = request.form();
        String id = form.required("customer");
        ObjectNode customer = state.find("customer", id)
                .filter(it -> !it.path("deleted").asBoolean())
                .orElseThrow(() -> SandboxApiError.resourceMissing("customer", id, "customer"));
        ObjectNode flow = form.has("flow_data") ? flow(form.child("flow_data"), customer) : null;
        ObjectNode session = state.create("billing_portal.session");
        session.put("customer", SandboxState.id(customer));
        form.copy(session, "return_url", "locale");
        if (flow != null) {
            session.set("flow", flow);
        }
        return session.put("url", url + "/portal/" + SandboxState.id(session));
    }

    /** Returns the flow, a deep link to one page of the portal. */
    private ObjectNode flow(SandboxForm requested, ObjectNode customer) {
        String type = requested.required("type");
        ObjectNode flow = SandboxJson.object().put("type", type);
        switch (type) {
            case "payment_method_update" -> {}
            case "subscription_cancel", "subscription_update" -> {
                ObjectNode subscription = subscription(requested.child(type), customer, type);
                requireChangeable(subscription, type);
                flow.putObject(type).put("subscription", SandboxState.id(subscription));
            }
            default ->
                throw SandboxApiError.invalidParam(
                        "flow_data[type]",
                        "Invalid flow_data[type]: must be one of payment_method_update, subscription_cancel, or"
                                + " subscription_update");
        }
        flow.set(
                "after_completion", requested.child("after_completion").fields().deepCopy());
        return flow;
    }

    private ObjectNode subscription(SandboxForm requested, ObjectNode customer, String type) {
        String id = requested.required("subscription");
        return state.find("subscription", id)
                .filter(it -> it.path("customer").equals(customer.get("id")))
                .orElseThrow(() ->
                        SandboxApiError.resourceMissing("subscription", id, "flow_data[" + type + "][subscription]"));
    }

    /** Rejects subscriptions that Stripe's portal cannot change. */
    private static void requireChangeable(ObjectNode subscription, String type) {
        boolean update = type.equals("subscription_update");
        boolean several = SandboxSubscriptionBilling.items(subscription).size() > 1;
        if (subscription.hasNonNull("ended_at")
                || subscription.hasNonNull("schedule")
                || (update && several)
                || (!update && subscription.hasNonNull("cancel_at"))) {
            throw SandboxApiError.of(
                    400,
                    "This subscription cannot be %s because of its state.".formatted(update ? "updated" : "canceled"));
        }
    }

    public ObjectNode customer(ObjectNode session) {
        return state.require("customer", session.path("customer").asText());
    }

    public List<ObjectNode> subscriptions(ObjectNode session) {
        return belongingToCustomer("subscription", session);
    }

    public List<ObjectNode> invoices(ObjectNode session) {
        return belongingToCustomer("invoice", session).reversed();
    }

    private List<ObjectNode> belongingToCustomer(String kind, ObjectNode session) {
        return state.all(kind).stream()
                .filter(it -> it.path("customer").equals(session.get("customer")))
                .toList();
    }
}
