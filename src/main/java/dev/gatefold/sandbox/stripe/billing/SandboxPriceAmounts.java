package dev.gatefold.sandbox.stripe.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatefold.sandbox.stripe.state.SandboxState;
import java.math.BigDecimal;

/**
 * Amounts of a quantity of a price: per unit, also with fractions of the minor unit, or by graduated or volume tiers. The tiers
 * are internal data of the price, because Stripe includes them only on request.
 */
public final class SandboxPriceAmounts {
    private final SandboxState state;

    public SandboxPriceAmounts(SandboxState state) {
        this.state = state;
    }

    /** Returns the amount of an item for one period. */
    long ofItem(ObjectNode item) {
        return of((ObjectNode) item.path("price"), item.path("quantity").asLong());
    }

    /** Returns the amount in minor units, rounded half up. */
    public long of(ObjectNode price, long quantity) {
        BigDecimal amount = price.path("billing_scheme").asText().equals("tiered")
                ? tiered(price, quantity)
                : decimal(price, "unit_amount").multiply(BigDecimal.valueOf(quantity));
        return SandboxCurrencies.round(amount, price.path("currency").asText());
    }

    private BigDecimal tiered(ObjectNode price, long quantity) {
        boolean volume = price.path("tiers_mode").asText().equals("volume");
        BigDecimal amount = BigDecimal.ZERO;
        long from = 0;
        for (JsonNode tier : state.internalData(price).path("tiers")) {
            long upTo = tier.path("up_to").asLong(Long.MAX_VALUE);
            boolean last = quantity <= upTo;
            if (!volume || last) {
                long units = volume ? quantity : Math.min(quantity, upTo) - from;
                amount = amount.add(decimal(tier, "flat_amount"))
                        .add(decimal(tier, "unit_amount").multiply(BigDecimal.valueOf(units)));
            }
            if (last) {
                break;
            }
            from = upTo;
        }
        return amount;
    }

    private static BigDecimal decimal(JsonNode node, String name) {
        return new BigDecimal(
                node.path(name + "_decimal").asText(node.path(name).asText("0")));
    }
}
