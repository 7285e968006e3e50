package dev.gatefold.catalog.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A plan that readers subscribe to.
 *
 * @param slug stable identifier
 * @param name default name
 * @param nameTranslations translated names by primary language subtag (BCP 47, lower case); left out of JSON if empty
 * @param trialDays length of the free trial in days of 24 hours, 0 to 365; 0 for no trial
 * @param covers slugs of the sources that the plan opens; null for all sources, including future ones
 * @param prices at least one; the monthly price first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"slug", "name", "trialDays", "prices"})
public record Plan(
        String slug,
        String name,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(description = "Translated names by language, such as de; missing if there are none")
        Map<String, String> nameTranslations,

        int trialDays,
        Set<String> covers,
        List<PlanPrice> prices) {
    /** Copies the collections; null translations become an empty map. */
    public Plan {
        nameTranslations = nameTranslations == null ? Map.of() : Map.copyOf(nameTranslations);
        covers = covers == null ? null : Set.copyOf(covers);
        prices = List.copyOf(prices);
    }

    /** Returns the same plan with other prices. */
    public Plan withPrices(List<PlanPrice> others) {
        return new Plan(slug, name, nameTranslations, trialDays, covers, others);
    }

    /** Returns true if the plan opens the source. */
    public boolean covers(Source source) {
        return covers == null || covers.contains(source.slug());
    }

    /** Returns the name in the language of the locale, or the default name if it is not translated. */
    public String localizedName(Locale locale) {
        return nameTranslations.getOrDefault(locale.getLanguage(), name);
    }
}
