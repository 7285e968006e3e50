package dev.gatefold.catalog;

import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.ProviderPrice;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Rule;
import java.util.List;
import java.util.Map;

/**
 * The stored catalog at one revision, as {@link CatalogSql#CONTENTS} returns it.
 *
 * @param revision number of changes of the catalog
 * @param sources active sources by slug
 * @param rules all rules of the active sources, by slug of the source
 * @param plans plans for sale by slug, with the imported prices
 * @param retiredPlans plans that are no longer sold
 * @param providerPrices what the billing provider charges
 */
record CatalogContents(
        long revision,
        List<Source> sources,
        Map<String, List<Rule>> rules,
        List<Plan> plans,
        List<Plan> retiredPlans,
        List<ProviderPrice> providerPrices) {}
