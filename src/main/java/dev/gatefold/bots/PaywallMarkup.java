package dev.gatefold.bots;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.rules.Gate;
import java.util.List;
import java.util.Optional;

/**
 * Structured data (schema.org) for subscription and paywalled content, as Google Search documents it. Without it, a page
 * that shows a crawler more text than a reader may be treated as cloaking.
 *
 * @param mainEntityOfPage the page of the article
 * @param free true if every reader may read the whole article
 * @param hasPart the paywalled part of the page; null if the article is free
 * @param isPartOf the product that opens the article; null if no purchase is needed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaywallMarkup(
        @JsonProperty("@context") String context,
        @JsonProperty("@type") String type,
        MarkupWebPage mainEntityOfPage,
        @JsonProperty("isAccessibleForFree") boolean free,
        PaywalledElement hasPart,
        MarkupProduct isPartOf) {
    /** The page of the article, identified by its URL. */
    record MarkupWebPage(
            @JsonProperty("@type") String type,
            @JsonProperty("@id") String id) {}

    /** The elements of the page that contain paywalled content. */
    record PaywalledElement(
            @JsonProperty("@type") String type,
            @JsonProperty("isAccessibleForFree") boolean free,
            String cssSelector) {}

    /**
     * The product that a reader buys to read the article.
     *
     * @param name of the source
     * @param productID a domain and a label, such as {@code gate.example.com:membership}
     */
    record MarkupProduct(@JsonProperty("@type") List<String> type, String name, String productID) {}

    /**
     * Returns the markup of an article.
     *
     * @param article URL of the article
     * @param source name of the source
     * @param gate the gate that applies now
     * @param plan the plan that opens the source, or empty if none is sold
     * @param seller host of the site where the plan is sold
     * @param cssSelector selector of the elements with paywalled content
     */
    static PaywallMarkup of(
            String article, String source, Gate gate, Optional<Plan> plan, String seller, String cssSelector) {
        MarkupProduct product = plan.map(
                        it -> new MarkupProduct(List.of("CreativeWork", "Product"), source, seller + ":" + it.slug()))
                .orElse(null);
        PaywalledElement paywalled = new PaywalledElement("WebPageElement", false, cssSelector);
        return switch (gate) {
            case OPEN -> of(article, true, null, null);
            // an account is enough, so there is no product to buy
            case REGISTERED -> of(article, false, paywalled, null);
            case METERED, MEMBERS -> of(article, false, paywalled, product);
        };
    }

    private static PaywallMarkup of(String article, boolean free, PaywalledElement paywalled, MarkupProduct product) {
        return new PaywallMarkup(
                "https://schema.org", "NewsArticle", new MarkupWebPage("WebPage", article), free, paywalled, product);
    }
}
