package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.http.SandboxApiError;
import dev.gatefold.sandbox.stripe.http.SandboxForm;
import dev.gatefold.sandbox.stripe.http.SandboxJson;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The discounts of subscriptions, by coupon or promotion code, and their effect on invoices. */
public final class SandboxDiscounts {
    private static final int PERCENT_DIGITS = 2;

    private final SandboxState state;

    public SandboxDiscounts(SandboxState state) {
        this.state = state;
    }

    /** Replaces the discounts of the subscription by the parameter {@code discounts}, if it is present. */
    void set(ObjectNode subscription, SandboxForm form) {
        if (!form.has("discounts")) {
            return;
        }
        ArrayNode discounts = SandboxJson.object().putArray("discounts");
        for (SandboxForm requested : form.children("discounts")) {
            discounts.add(requested.text("discount").orElseGet(() -> SandboxState.id(create(subscription, requested))));
        }
        subscription.set("discounts", discounts);
    }

    private ObjectNode create(ObjectNode subscription, SandboxForm requested) {
        Optional<ObjectNode> promotion = requested
                .text("promotion_code")
                .map(id -> state.find("promotion_code", id)
                        .orElseThrow(() -> SandboxApiError.resourceMissing("promotion code", id, "discounts")));
        String id = promotion
                .map(it -> it.path("promotion").path("coupon").asText())
                .orElseGet(() -> requested.required("coupon"));
        ObjectNode coupon = state.find("coupon", id)
                .filter(it -> it.path("valid").asBoolean())
                .orElseThrow(() -> SandboxApiError.resourceMissing("coupon", id, "discounts"));
        if (coupon.hasNonNull("currency") && !coupon.get("currency").equals(subscription.get("currency"))) {
            throw SandboxApiError.invalidParam(
                    "discounts", "The coupon's currency must match the currency of the subscription.");
        }
        ObjectNode discount = state.create("discount");
        discount.put("start", state.nowEpochSeconds());
        discount.put("subscription", SandboxState.id(subscription)).set("customer", subscription.get("customer"));
        promotion.ifPresent(it -> discount.put("promotion_code", SandboxState.id(it)));
        SandboxJson.child(discount, "source").put("type", "coupon").put("coupon", id);
        if (coupon.path("duration").asText().equals("repeating")) {
            discount.put("end", monthsFromNow(coupon.path("duration_in_months").asInt()));
        }
        coupon.put("times_redeemed", coupon.path("times_redeemed").asInt() + 1);
        return discount;
    }

    private long monthsFromNow(int months) {
        return Instant.ofEpochSecond(state.nowEpochSeconds())
                .atZone(ZoneOffset.UTC)
                .plusMonths(months)
                .toEpochSecond();
    }

    /** Applies the discounts that are valid at the instant to the lines of the invoice, and returns their total. */
    long apply(ObjectNode invoice, ObjectNode subscription, long at) {
        long total = 0;
        for (ObjectNode discount : active(subscription, at)) {
            long amount = apply(invoice, discount);
            invoice.withArray("/discounts").add(SandboxState.id(discount));
            addAmount(invoice.withArray("/total_discount_amounts"), discount, amount);
            total += amount;
        }
        return total;
    }

    private List<ObjectNode> active(ObjectNode subscription, long at) {
        return SandboxJson.stream(subscription.path("discounts"))
                .flatMap(id -> state.find("discount", id.asText()).stream())
                .filter(it -> !it.hasNonNull("end") || it.path("end").asLong() > at)
                .toList();
    }

    private long apply(ObjectNode invoice, ObjectNode discount) {
        ObjectNode coupon = coupon(discount);
        long left = coupon.path("amount_off").asLong(Long.MAX_VALUE);
        long total = 0;
        for (JsonNode line : invoice.path("lines").path("data")) {
            long net = net((ObjectNode) line);
            if (line.path("discountable").asBoolean() && net > 0) {
                long amount = coupon.hasNonNull("percent_off")
                        ? percentage(net, coupon, invoice.path("currency").asText())
                        : Math.min(left, net);
                left -= amount;
                total += amount;
                ((ObjectNode) line).withArray("/discounts").add(SandboxState.id(discount));
                addAmount(((ObjectNode) line).withArray("/discount_amounts"), discount, amount);
            }
        }
        return total;
    }

    private static long net(ObjectNode line) {
        return line.path("amount").asLong()
                - SandboxJson.stream(line.path("discount_amounts"))
                        .mapToLong(it -> it.path("amount").asLong())
                        .sum();
    }

    private static long percentage(long amount, ObjectNode coupon, String currency) {
        BigDecimal share = coupon.path("percent_off").decimalValue().movePointLeft(PERCENT_DIGITS);
        return SandboxCurrencies.round(BigDecimal.valueOf(amount).multiply(share), currency);
    }

    private static void addAmount(ArrayNode amounts, ObjectNode discount, long amount) {
        amounts.addObject().put("amount", amount).put("discount", SandboxState.id(discount));
    }

    /** Returns the amount less the current discounts. Prorations are computed from such amounts. */
    long discounted(long amount, ObjectNode subscription) {
        long left = amount;
        for (ObjectNode discount : active(subscription, state.nowEpochSeconds())) {
            ObjectNode coupon = coupon(discount);
            left -= coupon.hasNonNull("percent_off")
                    ? percentage(left, coupon, subscription.path("currency").asText())
                    : Math.min(left, coupon.path("amount_off").asLong());
        }
        return left;
    }

    private ObjectNode coupon(ObjectNode discount) {
        return state.require("coupon", discount.path("source").path("coupon").asText());
    }

    /** Removes the discounts that the invoice has used up, and those that have ended. */
    void removeUsed(ObjectNode subscription, ObjectNode invoice) {
        List<String> active = active(subscription, invoice.path("created").asLong()).stream()
                .filter(it -> !isUsedUp(it, invoice))
                .map(SandboxState::id)
                .toList();
        subscription.withArray("/discounts").removeIf(it -> !active.contains(it.asText()));
    }

    private boolean isUsedUp(ObjectNode discount, ObjectNode invoice) {
        return coupon(discount).path("duration").asText().equals("once")
                && SandboxJson.stream(invoice.path("total_discount_amounts"))
                        .anyMatch(it -> it.path("discount").asText().equals(SandboxState.id(discount))
                                && it.path("amount").asLong() > 0);
    }
}
