package dev.gatefold.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Products and prices; two of the latter are there from the beginning. */
final class Catalogue {
    private final World world;
    private final Events events;

    Catalogue(World world, Events events) {
        this.world = world;
        this.events = events;
    }

    void seed() {
        if (!world.all("price").isEmpty()) {
            return;
        }
        seed("Membership", "membership", 999, 9900);
        seed("Deutsche Presse", "presse", 599, 5900);
    }

    private void seed(String name, String plan, long monthly, long yearly) {
        String product = World.id(world.create("product").put("name", name));
        String price = "lookup_key=%s_%s&unit_amount=%d&recurring[interval]=%2$s";
        price(Form.decode(price.formatted(plan, "month", monthly)), product);
        price(Form.decode(price.formatted(plan, "year", yearly)), product);
    }

    ObjectNode createProduct(Call call) {
        ObjectNode product = world.create("product");
        product.put("name", call.form().required("name"));
        call.form().copy(product, "description");
        call.form().copyMetadata(product);
        events.tell("product.created", product);
        return product;
    }

    ObjectNode createPrice(Call call) {
        Form form = call.form();
        form.required("currency");
        String product = form.has("product_data")
                ? World.id(world.create("product")
                        .put("name", form.child("product_data").required("name")))
                : form.required("product");
        if (world.find("product", product).isEmpty()) {
            throw Refusal.missing("product", product, "product");
        }
        ObjectNode price = price(form, product);
        events.tell("price.created", price);
        return price;
    }

    private ObjectNode price(Form form, String product) {
        String lookup = form.text("lookup_key").orElse(null);
        if (lookup != null) {
            claim(lookup, form.flag("transfer_lookup_key").orElse(false));
        }
        ObjectNode price = world.fresh("price");
        form.copy(price, "currency", "nickname", "lookup_key");
        form.copyMetadata(price);
        long amount = form.number("unit_amount").orElseThrow(() -> Refusal.required("unit_amount"));
        price.put("unit_amount", amount).put("unit_amount_decimal", String.valueOf(amount));
        price.put("product", product).put("active", form.flag("active").orElse(true));
        if (form.has("recurring")) {
            Form recurring = form.child("recurring");
            price.put("type", "recurring");
            Json.child(price, "recurring")
                    .put("interval", recurring.required("interval"))
                    .put("interval_count", recurring.number("interval_count").orElse(1L))
                    .putNull("meter")
                    .putNull("trial_period_days")
                    .put("usage_type", "licensed");
            Periods.check(price.path("recurring"));
        }
        world.put(price);
        return price;
    }

    private void claim(String lookup, boolean transfer) {
        world.all("price").stream()
                .filter(it -> it.path("lookup_key").asText().equals(lookup))
                .forEach(it -> {
                    if (!transfer) {
                        throw Refusal.bad(
                                "lookup_key", "A price (`" + World.id(it) + "`) already uses that lookup key.");
                    }
                    it.putNull("lookup_key");
                });
    }

    ObjectNode updatePrice(Call call) {
        ObjectNode price = world.get("price", call.id());
        events.change("price.updated", price, () -> {
            call.form().flag("active").ifPresent(it -> price.put("active", it));
            call.form().copy(price, "nickname", "lookup_key");
            call.form().copyMetadata(price);
        });
        return price;
    }

    ObjectNode listPrices(Call call) {
        List<String> lookups = call.form().texts("lookup_keys");
        return Lists.page(
                call,
                world.all("price"),
                Lists.where(call.form(), "active", "product", "type", "currency")
                        .and(it -> lookups.isEmpty()
                                || lookups.contains(it.path("lookup_key").asText())));
    }

    ObjectNode listProducts(Call call) {
        return Lists.page(call, world.all("product"), Lists.where(call.form(), "active"));
    }
}
