package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxCheckoutExpiry;
import dev.gatefold.sandbox.stripe.billing.SandboxPriceAmounts;
import dev.gatefold.sandbox.stripe.billing.SandboxRequestedItem;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.List;
import java.util.Optional;

/** The API of Checkout sessions. {@link SandboxCheckoutActions} has the actions of buyers. */
public final class SandboxCheckoutSessions {
    private static final long DEFAULT_LIFETIME_SECONDS = 24 * 60 * 60;
    private static final int MIN_TRIAL_DAYS = 2;

    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxSubscriptions subscriptions;
    private final SandboxPriceAmounts amounts;
    private final String url;

    SandboxCheckoutSessions(SandboxState state, SandboxEvents events, SandboxSubscriptions subscriptions, String url) {
        this.state = state;
        this.events = events;
        this.subscriptions = subscriptions;
        this.amounts = new SandboxPriceAmounts(state);
        this.url = url;
    }

    /** Updates the URLs of open sessions, because the port can change between runs. */
    public void updateUrls() {
        state.all("checkout.session").stream()
                .filter(it -> it.hasNonNull("url"))
                .forEach(it -> it.put("url", url + "/pay/" + SandboxState.id(it)));
    }

    public ObjectNode create(SandboxApiRequest request) {
        SandboxForm form = request.form();
        String mode = form.required("mode");
        String success = form.required("success_url");
        Optional<ObjectNode> customer = form.text("customer").map(subscriptions::customer);
        List<SandboxRequestedItem> items = items(form, mode);
        Optional<Long> trialEnd = mode.equals("subscription")
                ? subscriptions.trialEnd(form.child("subscription_data"), MIN_TRIAL_DAYS)
                : Optional.empty();
        ObjectNode session = state.create("checkout.session");
        session.put("mode", mode).put("success_url", success);
        form.copy(
                session, "cancel_url", "client_reference_id", "customer_email", "locale", "payment_method_collection");
        form.copyMetadata(session);
        customer.ifPresent(it -> session.put("customer", SandboxState.id(it)));
        session.put("expires_at", form.number("expires_at").orElse(state.nowEpochSeconds() + DEFAULT_LIFETIME_SECONDS));
        session.put("url", url + "/pay/" + SandboxState.id(session));
        if (customer.isEmpty()) {
            session.put("customer_creation", mode.equals("subscription") ? "always" : "if_required");
        }
        long total = items.stream()
                .mapToLong(it -> amounts.of(it.price(), it.quantity()))
                .sum();
        if (!items.isEmpty()) {
            session.set("currency", items.getFirst().price().get("currency"));
        }
        long due = trialEnd.isPresent() ? 0 : total;
        session.put("amount_subtotal", due).put("amount_total", due);
        storeDetails(session, items, form.child("subscription_data"));
        return session;
    }

    private List<SandboxRequestedItem> items(SandboxForm form, String mode) {
        List<SandboxRequestedItem> items = form.children("line_items").stream()
                .map(it -> new SandboxRequestedItem(
                        subscriptions.price(it.required("price")),
                        it.number("quantity").orElse(1L)))
                .toList();
        boolean recurring =
                items.stream().anyMatch(it -> it.price().path("type").asText().equals("recurring"));
        switch (mode) {
            case "subscription" -> {
                if (!recurring) {
                    throw SandboxApiError.of(
                            400, "You must provide at least one recurring price in `subscription` mode.");
                }
            }
            case "payment" -> {
                if (recurring || items.isEmpty()) {
                    throw SandboxApiError.of(400, "You need one-time prices in `payment` mode.");
                }
            }
            case "setup" -> {}
            default ->
                throw SandboxApiError.invalidParam(
                        "mode", "Invalid mode: must be one of payment, setup, or subscription");
        }
        return items;
    }

    private void storeDetails(ObjectNode session, List<SandboxRequestedItem> items, SandboxForm data) {
        ObjectNode note = state.internalData(session);
        note.set("data", data.fields());
        for (SandboxRequestedItem item : items) {
            ObjectNode line = note.withArray("/items").addObject();
            line.put("id", SandboxState.newId("li_")).put("object", "item");
            long amount = amounts.of(item.price(), item.quantity());
            line.put("amount_discount", 0).put("amount_subtotal", amount).put("amount_tax", 0);
            line.put("amount_total", amount).set("currency", item.price().get("currency"));
            line.put("description", name(item)).put("quantity", item.quantity());
            line.set("price", item.price().deepCopy());
        }
    }

    private String name(SandboxRequestedItem item) {
        return state.find(item.price().path("product").asText())
                .flatMap(it -> SandboxJson.text(it, "name"))
                .orElse("Item");
    }

    ObjectNode list(SandboxApiRequest request) {
        return SandboxLists.page(
                request,
                state.all("checkout.session"),
                SandboxLists.matching(request.form(), "customer", "subscription", "payment_intent", "status"));
    }

    ObjectNode lineItems(SandboxApiRequest request) {
        ObjectNode session = state.require("checkout.session", request.id());
        return SandboxLists.list(lines(session), false, "/v1/" + String.join("/", request.path()));
    }

    private List<ObjectNode> lines(ObjectNode session) {
        return SandboxJson.stream(state.internalData(session).path("items"))
                .map(ObjectNode.class::cast)
                .toList();
    }

    ObjectNode expire(SandboxApiRequest request) {
        ObjectNode session = state.require("checkout.session", request.id());
        if (!session.path("status").asText().equals("open")) {
            throw SandboxApiError.of(
                    400,
                    "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of "
                            + session.path("status").asText() + ".");
        }
        SandboxCheckoutExpiry.expire(session, events);
        return session;
    }
}
