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

/** Small catalogs for unit tests of other modules. */
public final class TestCatalogs {
    private TestCatalogs() {}

    /**
     * Returns a catalog with one source for each gate, whose slug is the gate in lower case. It has a plan {@code all}, a
     * cheaper plan {@code few} that covers only the metered source, and a plan {@code gone} that is no longer sold.
     */
    public static Catalog ofEachGate() {
        return of(Map.of(
                "members", Policy.of(Gate.MEMBERS),
                "metered", Policy.metered(5, CalendarWindow.MONTH),
                "open", Policy.of(Gate.OPEN),
                "registered", Policy.of(Gate.REGISTERED)));
    }

    /** Returns a catalog with sources that have these policies, and the plans of {@link #ofEachGate}. */
    public static Catalog of(Map<String, Policy> policies) {
        return withRules(policies.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(Rule.initial(entry.getValue())))));
    }

    /** Returns a catalog with sources that have these rules, and the plans of {@link #ofEachGate}. */
    public static Catalog withRules(Map<String, List<Rule>> rules) {
        return new Catalog(new CatalogContents(
                1,
                rules.keySet().stream().sorted().map(TestCatalogs::source).toList(),
                rules,
                List.of(plan("all", 999, null), plan("few", 1, Set.of("metered"))),
                List.of(plan("gone", 1, null)),
                List.of()));
    }

    private static Source source(String slug) {
        return new Source(
                slug, slug, null, null, ZoneOffset.UTC, List.of(), List.of(new SourceHost(slug + ".example", "")));
    }

    private static Plan plan(String slug, long amount, Set<String> covers) {
        return new Plan(
                slug,
                slug,
                Map.of(),
                14,
                covers,
                List.of(new PlanPrice(BillingInterval.MONTH, new Money(amount, "usd"))));
    }
}
