package dev.gatefold.pages.account;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.pages.layout.ViewerFormats;
import dev.gatefold.web.http.IdempotencyKey;
import java.util.List;

/**
 * A price of a plan, with a button that opens the checkout.
 *
 * @param name name of the plan in the viewer's language
 * @param price how much is charged how often; only how often if the amount is not known
 * @param plan slug of the plan
 * @param key idempotency key, so that pressing the button twice buys once
 */
record PlanOffer(String name, String price, String plan, BillingInterval interval, String key) {
    /** Returns one offer for each price of each plan. */
    static List<PlanOffer> of(List<Plan> plans, ViewerFormats formats) {
        return plans.stream()
                .flatMap(plan -> plan.prices().stream()
                        .map(price -> new PlanOffer(
                                plan.localizedName(formats.locale()),
                                formats.price(price.price(), price.interval()),
                                plan.slug(),
                                price.interval(),
                                IdempotencyKey.random())))
                .toList();
    }
}
