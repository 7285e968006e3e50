package dev.gatefold.catalog.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What can be bought.
 *
 * @param trialDays of 24 hours; 0 for a plan without a free trial
 * @param covers the slugs of the sources that it opens, or null for all, also those to come
 * @param prices the monthly one first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"slug", "name", "trialDays", "prices"})
public record Plan(String slug, String name, int trialDays, Set<String> covers, List<PlanPrice> prices) {
    public Plan {
        covers = covers == null ? null : Set.copyOf(covers);
        prices = List.copyOf(prices);
    }

    public boolean covers(Source source) {
        return covers == null || covers.contains(source.slug());
    }
}
