package dev.gatefold.bots;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.rules.Gate;
import java.util.List;
import java.util.Optional;

/**
 * What an article's page tells search engines, as schema.org has it and Google asks it of subscription and paywalled
 * content: with it a page whose text a crawler sees and a reader does not is no deceit.
 *
 * @param hasPart what of the page is closed; null where nothing is
 * @param isPartOf what is to be bought for it; null where nothing has to be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaywallMarkup(
        @JsonProperty("@context") String context,
        @JsonProperty("@type") String type,
        MarkupWebPage mainEntityOfPage,
        @JsonProperty("isAccessibleForFree") boolean free,
        PaywalledElement hasPart,
        MarkupProduct isPartOf) {
    record MarkupWebPage(
            @JsonProperty("@type") String type,
            @JsonProperty("@id") String id) {}

    record PaywalledElement(
            @JsonProperty("@type") String type,
            @JsonProperty("isAccessibleForFree") boolean free,
            String cssSelector) {}

    /** @param productID a domain and a label, as {@code gate.example.com:membership} */
    record MarkupProduct(@JsonProperty("@type") List<String> type, String name, String productID) {}

    /**
     * @param seller the host of the site where the plan is sold
     * @param plan that opens the source, where one is sold
     */
    static PaywallMarkup of(
            String article, String source, Gate gate, Optional<Plan> plan, String seller, String cssSelector) {
        MarkupProduct product = plan.map(
                        it -> new MarkupProduct(List.of("CreativeWork", "Product"), source, seller + ":" + it.slug()))
                .orElse(null);
        PaywalledElement closed = new PaywalledElement("WebPageElement", false, cssSelector);
        return switch (gate) {
            case OPEN -> of(article, true, null, null);
            // an account is enough
            case REGISTERED -> of(article, false, closed, null);
            case METERED, MEMBERS -> of(article, false, closed, product);
        };
    }

    private static PaywallMarkup of(String article, boolean free, PaywalledElement closed, MarkupProduct product) {
        return new PaywallMarkup(
                "https://schema.org", "NewsArticle", new MarkupWebPage("WebPage", article), free, closed, product);
    }
}
