package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.billing.SandboxBillingPeriods;
import dev.gatefold.sandbox.stripe.billing.SandboxCurrencies;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.math.BigDecimal;
import java.util.List;

/** Builds prices from requests: per unit or tiered, one-time or recurring, with a unique lookup key. */
final class SandboxPrices {
    private final SandboxState state;

    SandboxPrices(SandboxState state) {
        this.state = state;
    }

    ObjectNode create(SandboxForm form, String product) {
        ObjectNode price = state.newObject("price");
        claimLookupKey(price, form);
        form.copy(price, "currency", "nickname", "lookup_key");
        form.copyMetadata(price);
        price.put("product", product).put("active", form.flag("active").orElse(true));
        if (form.text("billing_scheme").filter("tiered"::equals).isPresent()) {
            setTiers(price, form);
        } else {
            setAmount(price, form, "unit_amount", price.path("currency").asText());
        }
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

    /** Takes the lookup key from another price, if the request allows that. */
    void claimLookupKey(ObjectNode price, SandboxForm form) {
        boolean transfer = form.flag("transfer_lookup_key").orElse(false);
        form.text("lookup_key")
                .ifPresent(key -> state.all("price").stream()
                        .filter(it -> it.path("lookup_key").asText().equals(key)
                                && !it.get("id").equals(price.get("id")))
                        .forEach(it -> {
                            if (!transfer) {
                                throw SandboxApiError.invalidParam(
                                        "lookup_key",
                                        "A price (`" + SandboxState.id(it) + "`) already uses that lookup key.");
                            }
                            it.putNull("lookup_key");
                        }));
    }

    private void setTiers(ObjectNode price, SandboxForm form) {
        String currency = price.path("currency").asText();
        price.put("billing_scheme", "tiered").put("tiers_mode", form.required("tiers_mode"));
        price.putNull("unit_amount").putNull("unit_amount_decimal");
        List<SandboxForm> tiers = form.children("tiers");
        if (tiers.isEmpty()) {
            throw SandboxApiError.missingParam("tiers");
        }
        ArrayNode stored = state.internalData(price).putArray("tiers");
        for (SandboxForm tier : tiers) {
            ObjectNode added = stored.addObject();
            if (tier.required("up_to").equals("inf")) {
                added.putNull("up_to");
            } else {
                added.put("up_to", tier.number("up_to").orElseThrow());
            }
            for (String name : List.of("unit_amount", "flat_amount")) {
                if (tier.has(name) || tier.has(name + "_decimal")) {
                    setAmount(added, tier, name, currency);
                } else {
                    added.putNull(name).putNull(name + "_decimal");
                }
            }
        }
    }

    /** Sets an amount and its decimal form. The amount is null if it has a fraction. */
    private static void setAmount(ObjectNode target, SandboxForm form, String name, String currency) {
        String text = form.text(name + "_decimal").orElseGet(() -> form.required(name));
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException e) {
            throw SandboxApiError.invalidParam(name, "Invalid decimal: " + text);
        }
        target.put(name + "_decimal", decimal.toPlainString());
        if (decimal.scale() > 0) {
            target.putNull(name);
        } else {
            long amount = decimal.longValueExact();
            SandboxCurrencies.requireChargeable(amount, currency, name);
            target.put(name, amount);
        }
    }
}
