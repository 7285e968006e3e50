package dev.gatefold.passes.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.TestCatalogs;
import dev.gatefold.catalog.rules.Gate;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Territories;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.entitlements.Standing;
import dev.gatefold.kernel.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which entitlements a pass lists, and which sources it excludes. */
class PassScopeMapperTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Term MONTH = new Term(NOW.minusSeconds(1), Optional.of(NOW.plus(Duration.ofDays(30))));
    private static final Policy IN_GERMANY = Policy.builder(Gate.OPEN)
            .territories(new Territories(Set.of("de"), null))
            .build();
    private static final Policy NOT_IN_TRIALS =
            Policy.builder(Gate.MEMBERS).inTrials(false).build();
    private static final Catalog CATALOG =
            TestCatalogs.of(Map.of("german", IN_GERMANY, "exclusive", NOT_IN_TRIALS, "usual", Policy.of(Gate.MEMBERS)));

    private static PassScope of(Entitlement right) {
        return PassScopeMapper.scopeOf(
                new Standing(Optional.of(new UUID(0, 1)), 1, List.of(right), NOW, false), CATALOG, NOW);
    }

    @Test
    void sourcesWithFurtherConditionsAreExcludedFromPass() {
        assertThat(of(Entitlement.forPlan(EntitlementBasis.MEMBER, "m", "all", MONTH))
                        .excludedSources())
                .containsExactly("german");
        assertThat(of(Entitlement.forPlan(EntitlementBasis.TRIAL, "t", "all", MONTH))
                        .excludedSources())
                .containsExactlyInAnyOrder("german", "exclusive");
    }

    @Test
    void articlePurchaseIsNotInPass() {
        Entitlement article = new Entitlement(
                EntitlementBasis.PURCHASED, "p", new Coverage.ArticleCoverage("usual", "#1", "1"), MONTH);

        assertThat(of(article).rights()).isEmpty();
    }

    @Test
    void pastAndFutureEntitlementsAreNotInPass() {
        Term over = new Term(NOW.minusSeconds(9), Optional.of(NOW));
        Term soon = new Term(NOW.plusSeconds(1), Optional.empty());

        assertThat(of(Entitlement.forPlan(EntitlementBasis.MEMBER, "m", "all", over))
                        .rights())
                .isEmpty();
        assertThat(of(Entitlement.forPlan(EntitlementBasis.MEMBER, "m", "all", soon))
                        .rights())
                .isEmpty();
        assertThat(of(Entitlement.forPlan(EntitlementBasis.MEMBER, "m", "all", MONTH))
                        .rights())
                .hasSize(1);
    }
}
