package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxBillingPeriods;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.List;

/** Products and prices. */
public final class SandboxCatalog {
    private final SandboxState state;
    private final SandboxEvents events;

    SandboxCatalog(SandboxState state, SandboxEvents events) {
        this.state = state;
        this.events = events;
    }

    /** Creates the prices that the plans of the example catalog refer to, unless there are prices. */
    public void seed() {
        if (!state.all("price").isEmpty()) {
            return;
        }
        seed("Membership", "membership", 999, 9900);
        seed("Deutsche Presse", "presse", 599, 5900);
    }

    private void seed(String name, String plan, long monthly, long yearly) {
        String product = SandboxState.id(state.create("product").put("name", name));
        String price = "lookup_key=%s_%s&unit_amount=%d&recurring[interval]=%2$s";
        price(SandboxForm.decode(price.formatted(plan, "month", monthly)), product);
        price(SandboxForm.decode(price.formatted(plan, "year", yearly)), product);
    }

    ObjectNode createProduct(SandboxApiRequest request) {
        ObjectNode product = state.create("product");
        product.put("name", request.form().required("name"));
        request.form().copy(product, "description");
        request.form().copyMetadata(product);
        events.emit("product.created", product);
        return product;
    }

    ObjectNode createPrice(SandboxApiRequest request) {
        SandboxForm form = request.form();
        form.required("currency");
        String product = form.has("product_data")
                ? SandboxState.id(state.create("product")
                        .put("name", form.child("product_data").required("name")))
                : form.required("product");
        if (state.find("product", product).isEmpty()) {
            throw SandboxApiError.resourceMissing("product", product, "product");
        }
        ObjectNode price = price(form, product);
        events.emit("price.created", price);
        return price;
    }

    private ObjectNode price(SandboxForm form, String product) {
        String lookup = form.text("lookup_key").orElse(null);
        if (lookup != null) {
            claim(lookup, form.flag("transfer_lookup_key").orElse(false));
        }
        ObjectNode price = state.newObject("price");
        form.copy(price, "currency", "nickname", "lookup_key");
        form.copyMetadata(price);
        long amount = form.number("unit_amount").orElseThrow(() -> SandboxApiError.missingParam("unit_amount"));
        price.put("unit_amount", amount).put("unit_amount_decimal", String.valueOf(amount));
        price.put("product", product).put("active", form.flag("active").orElse(true));
        if (form.has("recurring")) {
            SandboxForm recurring = form.child("recurring");
            price.put("type", "recurring");
            SandboxJson.child(price, "recurring")
                    .put("interval", recurring.required("interval"))
                    .put("interval_count", recurring.number("interval_count").orElse(1L))
                    .putNull("meter")
                    .putNull("trial_period_days")
                    .put("usage_type", "licensed");
            SandboxBillingPeriods.validate(price.path("recurring"));
        }
        state.put(price);
        return price;
    }

    private void claim(String lookup, boolean transfer) {
        state.all("price").stream()
                .filter(it -> it.path("lookup_key").asText().equals(lookup))
                .forEach(it -> {
                    if (!transfer) {
                        throw SandboxApiError.invalidParam(
                                "lookup_key", "A price (`" + SandboxState.id(it) + "`) already uses that lookup key.");
                    }
                    it.putNull("lookup_key");
                });
    }

    ObjectNode updatePrice(SandboxApiRequest request) {
        ObjectNode price = state.require("price", request.id());
        events.updateAndEmit("price.updated", price, () -> {
            request.form().flag("active").ifPresent(it -> price.put("active", it));
            request.form().copy(price, "nickname", "lookup_key");
            request.form().copyMetadata(price);
        });
        return price;
    }

    ObjectNode listPrices(SandboxApiRequest request) {
        List<String> lookups = request.form().texts("lookup_keys");
        return SandboxLists.page(
                request,
                state.all("price"),
                SandboxLists.matching(request.form(), "active", "product", "type", "currency")
                        .and(it -> lookups.isEmpty()
                                || lookups.contains(it.path("lookup_key").asText())));
    }

    ObjectNode listProducts(SandboxApiRequest request) {
        return SandboxLists.page(request, state.all("product"), SandboxLists.matching(request.form(), "active"));
    }
}
