package dev.gatefold.access.decide;

import dev.gatefold.access.bypass.Bypass;
import dev.gatefold.catalog.model.Article;
import java.util.List;
import java.util.Optional;

/**
 * Input of {@link Paywall} for one article, except the reader's standing.
 *
 * @param country country of the reader: ISO 3166-1 alpha-2, lower case; empty if unknown
 * @param canUseMeter false for visitors from a network that requested too many visitor tokens
 * @param bypasses bypasses of the request; each checks whether it opens the article
 */
public record PaywallQuery(Article article, Optional<String> country, boolean canUseMeter, List<Bypass> bypasses) {
    /** Returns a query from an unknown country, without bypasses. */
    public static PaywallQuery withoutBypass(Article article) {
        return new PaywallQuery(article, Optional.empty(), true, List.of());
    }

    PaywallQuery with(List<Bypass> found) {
        return new PaywallQuery(article, country, canUseMeter, found);
    }
}
