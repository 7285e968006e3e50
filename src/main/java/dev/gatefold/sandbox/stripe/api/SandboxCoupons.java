package dev.gatefold.sandbox.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxApiRequest;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxLists;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.math.BigDecimal;

/** The API of coupons and promotion codes. */
final class SandboxCoupons {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final SandboxState state;

    SandboxCoupons(SandboxState state) {
        this.state = state;
    }

    ObjectNode create(SandboxApiRequest request) {
        SandboxForm form = request.form();
        if (form.has("percent_off") == form.has("amount_off")) {
            throw SandboxApiError.of(400, "You must provide exactly one of percent_off and amount_off.");
        }
        ObjectNode coupon = state.newObject("coupon");
        form.copy(coupon, "id", "name", "duration");
        form.copyMetadata(coupon);
        form.number("duration_in_months").ifPresent(it -> coupon.put("duration_in_months", it));
        if (form.has("percent_off")) {
            coupon.put("percent_off", percent(form.required("percent_off")));
        } else {
            coupon.put("amount_off", form.number("amount_off").orElseThrow())
                    .put("currency", form.required("currency"));
        }
        if (coupon.path("duration").asText().equals("repeating") && !coupon.hasNonNull("duration_in_months")) {
            throw SandboxApiError.missingParam("duration_in_months");
        }
        state.put(coupon);
        return coupon;
    }

    private static BigDecimal percent(String text) {
        try {
            BigDecimal percent = new BigDecimal(text);
            if (percent.signum() > 0 && percent.compareTo(HUNDRED) <= 0) {
                return percent;
            }
        } catch (NumberFormatException e) {
            throw SandboxApiError.invalidParam("percent_off", "Invalid decimal: " + text);
        }
        throw SandboxApiError.invalidParam("percent_off", "Invalid percent_off: must be between 0 and 100.");
    }

    /** Deletes the coupon. Discounts that exist already remain. */
    ObjectNode delete(SandboxApiRequest request) {
        ObjectNode coupon = state.require("coupon", request.id()).put("valid", false);
        return SandboxJson.object()
                .put("id", SandboxState.id(coupon))
                .put("object", "coupon")
                .put("deleted", true);
    }

    ObjectNode createPromotionCode(SandboxApiRequest request) {
        SandboxForm form = request.form();
        String id = form.child("promotion").text("coupon").orElseGet(() -> form.required("coupon"));
        if (state.find("coupon", id).isEmpty()) {
            throw SandboxApiError.resourceMissing("coupon", id, "promotion[coupon]");
        }
        ObjectNode promotion = state.create("promotion_code");
        promotion.put("code", form.text("code").orElseGet(() -> SandboxState.newId("")));
        SandboxJson.child(promotion, "promotion").put("coupon", id);
        return promotion;
    }

    ObjectNode listPromotionCodes(SandboxApiRequest request) {
        return SandboxLists.page(
                request, state.all("promotion_code"), SandboxLists.matching(request.form(), "code", "active"));
    }
}
