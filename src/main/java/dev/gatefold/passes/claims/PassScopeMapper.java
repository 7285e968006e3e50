package dev.gatefold.passes.claims;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.entitlements.Coverage.ArticleCoverage;
import dev.gatefold.entitlements.Coverage.PlanCoverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.passes.PassConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Maps the entitlements of an account to the scope of a pass. */
public final class PassScopeMapper {
    private PassScopeMapper() {}

    /**
     * Returns the rights that are valid at {@code now}. Rights that begin later belong in a later pass. Rights to single
     * articles are left out: for those a verifier calls the API.
     */
    public static PassScope scopeOf(Standing standing, Catalog catalog, Instant now) {
        List<PassRight> rights = standing.entitlements().stream()
                .filter(entitlement -> entitlement.term().contains(now))
                .flatMap(entitlement -> toRight(entitlement, catalog).stream())
                .toList();
        boolean trial = rights.stream().anyMatch(right -> right.basis() == EntitlementBasis.TRIAL);
        return new PassScope(rights, excludedSources(trial, catalog, now));
    }

    private static Optional<PassRight> toRight(Entitlement entitlement, Catalog catalog) {
        return switch (entitlement.coverage()) {
            case PlanCoverage(String slug) ->
                catalog.plan(slug)
                        .map(plan -> new PassRight(
                                entitlement.basis(), entitlement.term().end(), coveredSources(plan, catalog)));
            case ArticleCoverage _ -> Optional.empty();
        };
    }

    /**
     * Returns the sources where a right alone does not open an article, now or while the pass may be relied on: they are
     * restricted to some countries, or closed to trials.
     */
    private static Set<String> excludedSources(boolean trial, Catalog catalog, Instant now) {
        return catalog.sources().stream()
                .filter(source -> catalog.rules(source)
                        .policiesDuring(now, now.plus(PassConfig.MAX_LIFETIME))
                        .anyMatch(policy -> policy.territories() != null || (trial && !policy.opensInTrials())))
                .map(Source::slug)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<Set<String>> coveredSources(Plan plan, Catalog catalog) {
        return Optional.ofNullable(plan.covers()).map(slugs -> {
            Set<String> known = new TreeSet<>(slugs);
            known.removeIf(slug -> catalog.source(slug).isEmpty());
            return known;
        });
    }
}
