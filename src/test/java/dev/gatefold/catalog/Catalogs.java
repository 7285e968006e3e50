package dev.gatefold.catalog;

import dev.gatefold.kernel.Money;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Small catalogues for tests of other rooms. */
public final class Catalogs {
    private Catalogs() {}

    /**
     * A source of each gate, named after it; a plan {@code all}, a cheaper plan {@code few} that opens only the metered
     * one, and a plan {@code gone} that is no longer sold.
     */
    public static Catalog ofEachGate() {
        return of(Map.of(
                "members", Policy.of(Gate.MEMBERS),
                "metered", Policy.metered(5, Window.MONTH),
                "open", Policy.of(Gate.OPEN),
                "registered", Policy.of(Gate.REGISTERED)));
    }

    /** Sources with these policies, and the same plans. */
    public static Catalog of(Map<String, Policy> policies) {
        return withRules(policies.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(Rule.first(entry.getValue())))));
    }

    /** Sources with these rules, and the same plans. */
    public static Catalog withRules(Map<String, List<Rule>> rules) {
        return new Catalog(new Catalog.Contents(
                1,
                rules.keySet().stream().sorted().map(Catalogs::source).toList(),
                rules,
                List.of(plan("all", 999, null), plan("few", 1, Set.of("metered"))),
                List.of(plan("gone", 1, null))));
    }

    private static Source source(String slug) {
        return new Source(slug, slug, null, null, ZoneOffset.UTC, List.of(), List.of(new Host(slug + ".example", "")));
    }

    private static Plan plan(String slug, long amount, Set<String> covers) {
        return new Plan(slug, slug, 14, covers, List.of(new Price(Interval.MONTH, new Money(amount, "usd"))));
    }
}
