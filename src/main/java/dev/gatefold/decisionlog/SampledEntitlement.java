package dev.gatefold.decisionlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.entitlements.Coverage;
import dev.gatefold.entitlements.Entitlement;
import dev.gatefold.entitlements.EntitlementBasis;
import dev.gatefold.kernel.Term;
import java.time.Instant;
import java.util.Optional;

/**
 * An entitlement of a sampled reader: to a plan, to the requested article, or, if both are null, to another article.
 *
 * @param thisArticle true if it opens the requested article; null otherwise
 * @param until null if it does not end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SampledEntitlement(EntitlementBasis basis, String plan, Boolean thisArticle, Instant from, Instant until) {
    /** Substitute for the name and key of the requested article. */
    static final String THIS_ARTICLE = "this";

    private static final String OTHER_ARTICLE = "another";

    static SampledEntitlement of(Entitlement entitlement, Article article, Catalog catalog) {
        Instant from = entitlement.term().from();
        Instant until = entitlement.term().until().orElse(null);
        return switch (entitlement.coverage()) {
            case Coverage.PlanCoverage(String plan) ->
                new SampledEntitlement(entitlement.basis(), plan, null, from, until);
            case Coverage.ArticleCoverage one ->
                new SampledEntitlement(
                        entitlement.basis(), null, one.opens(article, catalog) ? true : null, from, until);
        };
    }

    Entitlement toEntitlement(String source) {
        Coverage coverage = plan != null
                ? new Coverage.PlanCoverage(plan)
                : new Coverage.ArticleCoverage(
                        source, thisArticle == null ? OTHER_ARTICLE : THIS_ARTICLE, THIS_ARTICLE);
        return new Entitlement(basis, "", coverage, new Term(from, Optional.ofNullable(until)));
    }
}
