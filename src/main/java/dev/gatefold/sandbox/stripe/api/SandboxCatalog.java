package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import dev.gatefold.sandbox.stripe.webhooks.SandboxEvents;
import java.util.List;

/** Products and prices. */
public final class SandboxCatalog {
    private final SandboxState state;
    private final SandboxEvents events;
    private final SandboxPrices prices;

    SandboxCatalog(SandboxState state, SandboxEvents events) {
        this.state = state;
        this.events = events;
        this.prices = new SandboxPrices(state);
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
        prices.create(SandboxForm.decode(price.formatted(plan, "month", monthly)), product);
        prices.create(SandboxForm.decode(price.formatted(plan, "year", yearly)), product);
    }

    ObjectNode createProduct(SandboxApiRequest request) {
        ObjectNode product = state.create("product");
        product.put("name", request.form().required("name"));
        request.form().copy(product, "description");
        request.form().copyMetadata(product);
        events.emit("product.created", product);
        return product;
    }

    ObjectNode updateProduct(SandboxApiRequest request) {
        ObjectNode product = state.require("product", request.id());
        events.updateAndEmit("product.updated", product, () -> {
            request.form().copy(product, "name", "description", "default_price");
            request.form().flag("active").ifPresent(it -> product.put("active", it));
            request.form().copyMetadata(product);
        });
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
        ObjectNode price = prices.create(form, product);
        events.emit("price.created", price);
        return price;
    }

    ObjectNode updatePrice(SandboxApiRequest request) {
        ObjectNode price = state.require("price", request.id());
        events.updateAndEmit("price.updated", price, () -> {
            request.form().flag("active").ifPresent(it -> price.put("active", it));
            prices.claimLookupKey(price, request.form());
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
