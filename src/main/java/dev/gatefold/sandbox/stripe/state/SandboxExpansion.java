package dev.gatefold.sandbox.stripe.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Replaces ids by the objects that they refer to, for {@code expand[]}. */
public final class SandboxExpansion {
    private static final int MAX_DEPTH = 4;

    private final SandboxState state;

    public SandboxExpansion(SandboxState state) {
        this.state = state;
    }

    public ObjectNode expand(ObjectNode object, List<String> paths) {
        ObjectNode expanded = object.deepCopy();
        for (String path : paths) {
            List<String> names = Arrays.asList(path.split("\\."));
            if (names.size() > MAX_DEPTH) {
                throw SandboxApiError.invalidParam(
                        "expand", "You cannot expand more than 4 levels of a property. Property: " + path);
            }
            expand(expanded, names, path);
        }
        return expanded;
    }

    private void expand(JsonNode node, List<String> names, String path) {
        if (names.isEmpty()) {
            return;
        }
        if (node instanceof ArrayNode array) {
            array.forEach(element -> expand(element, names, path));
        } else if (node instanceof ObjectNode object) {
            String name = names.getFirst();
            object.set(name, expanded(object, name, path));
            expand(object.get(name), names.subList(1, names.size()), path);
        }
    }

    private JsonNode expanded(ObjectNode object, String name, String path) {
        JsonNode value = object.path(name);
        if (value.isTextual()) {
            return find(value, path);
        }
        if (value instanceof ArrayNode ids && !ids.isEmpty() && ids.get(0).isTextual()) {
            return SandboxJson.of(
                    SandboxJson.stream(ids).map(id -> find(id, path)).toList());
        }
        return value.isMissingNode() ? includableList(object, name, path) : value;
    }

    private ObjectNode find(JsonNode id, String path) {
        return state.find(id.asText())
                .map(ObjectNode::deepCopy)
                .orElseThrow(() ->
                        SandboxApiError.invalidParam("expand", "This property cannot be expanded (" + path + ")."));
    }

    /** Returns a list that Stripe includes only on request. */
    private JsonNode includableList(ObjectNode object, String name, String path) {
        String id = SandboxState.id(object);
        return switch (object.path("object").asText() + "." + name) {
            case "invoice.payments" ->
                listOf("invoice_payment", it -> it.path("invoice").asText().equals(id));
            case "price.tiers" -> state.internalData(object).path("tiers").deepCopy();
            case "charge.refunds" ->
                listOf("refund", it -> it.path("charge").asText().equals(id));
            case "checkout.session.line_items" -> lineItems(object);
            case "customer.subscriptions" ->
                listOf(
                        "subscription",
                        it -> it.path("customer").asText().equals(id)
                                && !it.path("status").asText().equals("canceled"));
            default -> throw SandboxApiError.invalidParam("expand", "This property cannot be expanded (" + path + ").");
        };
    }

    private ObjectNode listOf(String kind, Predicate<ObjectNode> wanted) {
        Collection<ObjectNode> found = state.all(kind).stream().filter(wanted).toList();
        return SandboxLists.list(found, false, "/v1/" + kind + "s");
    }

    private ObjectNode lineItems(ObjectNode session) {
        List<ObjectNode> items = SandboxJson.stream(state.internalData(session).path("items"))
                .map(ObjectNode.class::cast)
                .toList();
        return SandboxLists.list(items, false, "/v1/checkout/sessions/" + SandboxState.id(session) + "/line_items");
    }
}
