package dev.gatefold.bots;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.catalog.Gate;
import dev.gatefold.catalog.Plan;
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
record Markup(
        @JsonProperty("@context") String context,
        @JsonProperty("@type") String type,
        WebPage mainEntityOfPage,
        @JsonProperty("isAccessibleForFree") boolean free,
        Part hasPart,
        Product isPartOf) {
    record WebPage(
            @JsonProperty("@type") String type,
            @JsonProperty("@id") String id) {}

    record Part(
            @JsonProperty("@type") String type,
            @JsonProperty("isAccessibleForFree") boolean free,
            String cssSelector) {}

    /** @param productID a domain and a label, as {@code gate.example.com:membership} */
    record Product(@JsonProperty("@type") List<String> type, String name, String productID) {}

    /**
     * @param seller the host of the site where the plan is sold
     * @param plan that opens the source, where one is sold
     */
    static Markup of(String article, String source, Gate gate, Optional<Plan> plan, String seller, String cssSelector) {
        Product product = plan.map(
                        it -> new Product(List.of("CreativeWork", "Product"), source, seller + ":" + it.slug()))
                .orElse(null);
        Part closed = new Part("WebPageElement", false, cssSelector);
        return switch (gate) {
            case OPEN -> of(article, true, null, null);
            // an account is enough
            case REGISTERED -> of(article, false, closed, null);
            case METERED, MEMBERS -> of(article, false, closed, product);
        };
    }

    private static Markup of(String article, boolean free, Part closed, Product product) {
        return new Markup("https://schema.org", "NewsArticle", new WebPage("WebPage", article), free, closed, product);
    }
}
