package dev.gatefold.passes;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.Plan;
import dev.gatefold.catalog.Source;
import dev.gatefold.entitlements.Basis;
import dev.gatefold.entitlements.Coverage.OfArticle;
import dev.gatefold.entitlements.Coverage.OfPlan;
import dev.gatefold.entitlements.Right;
import dev.gatefold.entitlements.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The one place of this room that reads what an account holds. */
final class Holding {
    private Holding() {}

    /** So long somebody may rely on a pass, at most. */
    private static final Duration RELIED_ON = PassSettings.LONGEST_LIFE;

    /** What is held now; rights that begin later are for a later pass, and single articles are asked for one by one. */
    static Extent of(Standing standing, Catalog catalog, Instant now) {
        List<Covered> rights = standing.rights().stream()
                .filter(right -> right.term().contains(now))
                .flatMap(right -> covered(right, catalog).stream())
                .toList();
        boolean trial = rights.stream().anyMatch(right -> right.basis() == Basis.TRIAL);
        return new Extent(rights, except(trial, catalog, now));
    }

    private static Optional<Covered> covered(Right right, Catalog catalog) {
        return switch (right.coverage()) {
            case OfPlan(String plan) ->
                catalog.plan(plan)
                        .map(it -> new Covered(right.basis(), right.term().end(), sources(it, catalog)));
            case OfArticle _ -> Optional.empty();
        };
    }

    /** Where a right is not all that is asked for, now or before the pass has ended: the law is to be asked itself. */
    private static Set<String> except(boolean trial, Catalog catalog, Instant now) {
        return catalog.sources().stream()
                .filter(source -> catalog.rules(source)
                        .policiesIn(now, now.plus(RELIED_ON))
                        .anyMatch(policy -> policy.territories() != null || (trial && !policy.opensInTrials())))
                .map(Source::slug)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<Set<String>> sources(Plan plan, Catalog catalog) {
        return Optional.ofNullable(plan.covers()).map(slugs -> {
            Set<String> known = new TreeSet<>(slugs);
            known.removeIf(slug -> catalog.source(slug).isEmpty());
            return known;
        });
    }
}
