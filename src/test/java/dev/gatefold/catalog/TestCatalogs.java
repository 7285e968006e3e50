package dev.gatefold.catalog;

import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.CalendarWindow;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.PlanPrice;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.catalog.urls.SourceHost;
import dev.gatefold.kernel.Money;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Small catalogues for tests of other rooms. */
public final class TestCatalogs {
    private TestCatalogs() {}

    /**
     * A source of each gate, named after it; a plan {@code all}, a cheaper plan {@code few} that opens only the metered
     * one, and a plan {@code gone} that is no longer sold.
     */
    public static Catalog ofEachGate() {
        return of(Map.of(
                "members", Policy.of(Gate.MEMBERS),
                "metered", Policy.metered(5, CalendarWindow.MONTH),
                "open", Policy.of(Gate.OPEN),
                "registered", Policy.of(Gate.REGISTERED)));
    }

    /** Sources with these policies, and the same plans. */
    public static Catalog of(Map<String, Policy> policies) {
        return withRules(policies.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(Rule.initial(entry.getValue())))));
    }

    /** Sources with these rules, and the same plans. */
    public static Catalog withRules(Map<String, List<Rule>> rules) {
        return new Catalog(new Catalog.CatalogContents(
                1,
                rules.keySet().stream().sorted().map(TestCatalogs::source).toList(),
                rules,
                List.of(plan("all", 999, null), plan("few", 1, Set.of("metered"))),
                List.of(plan("gone", 1, null))));
    }

    private static Source source(String slug) {
        return new Source(
                slug, slug, null, null, ZoneOffset.UTC, List.of(), List.of(new SourceHost(slug + ".example", "")));
    }

    private static Plan plan(String slug, long amount, Set<String> covers) {
        return new Plan(
                slug, slug, 14, covers, List.of(new PlanPrice(BillingInterval.MONTH, new Money(amount, "usd"))));
    }
}
