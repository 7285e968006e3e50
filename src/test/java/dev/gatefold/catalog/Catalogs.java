package dev.gatefold.catalog;

import dev.gatefold.kernel.Money;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Small catalogues for tests of other rooms. */
public final class Catalogs {
    private Catalogs() {}

    /**
     * A source of each gate, named after it; a plan {@code all}, a cheaper plan {@code few} that opens only the metered
     * one, and a plan {@code gone} that is no longer sold.
     */
    public static Catalog ofEachGate() {
        return new Catalog(new Catalog.Contents(
                1,
                List.of(
                        source("members", new Policy(Gate.MEMBERS, null, null)),
                        source("metered", new Policy(Gate.METERED, 5, Window.MONTH)),
                        source("open", new Policy(Gate.OPEN, null, null)),
                        source("registered", new Policy(Gate.REGISTERED, null, null))),
                List.of(plan("all", 999, null), plan("few", 1, Set.of("metered"))),
                List.of(plan("gone", 1, null))));
    }

    private static Source source(String slug, Policy policy) {
        return new Source(
                slug, slug, null, null, ZoneOffset.UTC, List.of(), List.of(new Host(slug + ".example", "")), policy);
    }

    private static Plan plan(String slug, long amount, Set<String> covers) {
        return new Plan(slug, slug, 14, covers, List.of(new Price(Interval.MONTH, new Money(amount, "usd"))));
    }
}
