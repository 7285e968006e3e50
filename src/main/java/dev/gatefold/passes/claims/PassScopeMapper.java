package dev.gatefold.passes.claims;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.entitlements.Coverage.ArticleCoverage;
import dev.gatefold.entitlements.Coverage.PlanCoverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.passes.PassConfigCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The one place of this room that reads what an account holds. */
public final class PassScopeMapper {
    private PassScopeMapper() {}

    /** So long somebody may rely on a pass, at most. */
    private static final Duration RELIED_ON = PassConfigCheck.MAX_LIFETIME;

    /** What is held now; rights that begin later are for a later pass, and single articles are asked for one by one. */
    public static PassScope scopeOf(Standing standing, Catalog catalog, Instant now) {
        List<PassRight> rights = standing.entitlements().stream()
                .filter(right -> right.term().contains(now))
                .flatMap(right -> covered(right, catalog).stream())
                .toList();
        boolean trial = rights.stream().anyMatch(right -> right.basis() == EntitlementBasis.TRIAL);
        return new PassScope(rights, except(trial, catalog, now));
    }

    private static Optional<PassRight> covered(Entitlement right, Catalog catalog) {
        return switch (right.coverage()) {
            case PlanCoverage(String plan) ->
                catalog.plan(plan)
                        .map(it -> new PassRight(right.basis(), right.term().end(), sources(it, catalog)));
            case ArticleCoverage _ -> Optional.empty();
        };
    }

    /** Where a right is not all that is asked for, now or before the pass has ended: the law is to be asked itself. */
    private static Set<String> except(boolean trial, Catalog catalog, Instant now) {
        return catalog.sources().stream()
                .filter(source -> catalog.rules(source)
                        .policiesDuring(now, now.plus(RELIED_ON))
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
