package dev.gatefold.passes;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.Plan;
import dev.gatefold.entitlements.Right;
import dev.gatefold.entitlements.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The one place of this room that reads what an account holds. */
final class Holding {
    private Holding() {}

    /** What is held now; rights that begin later are for a later pass. */
    static Coverage of(Standing standing, Catalog catalog, Instant now) {
        List<Covered> rights = standing.live(now)
                .flatMap(right -> covered(right, catalog).stream())
                .toList();
        return new Coverage(rights, Set.of());
    }

    private static Optional<Covered> covered(Right right, Catalog catalog) {
        return catalog.plan(right.plan())
                .map(plan -> new Covered(right.basis(), right.term().end(), sources(plan, catalog)));
    }

    private static Optional<Set<String>> sources(Plan plan, Catalog catalog) {
        return Optional.ofNullable(plan.covers()).map(slugs -> {
            Set<String> known = new TreeSet<>(slugs);
            known.removeIf(slug -> catalog.source(slug).isEmpty());
            return known;
        });
    }
}
