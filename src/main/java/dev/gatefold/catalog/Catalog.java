package dev.gatefold.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.BillingInterval;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.ProviderPrice;
import dev.gatefold.catalog.model.SectionPath;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.catalog.rules.SourceRules;
import dev.gatefold.catalog.urls.NormalizedUrl;
import dev.gatefold.kernel.Money;
import dev.gatefold.kernel.Problem;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An immutable snapshot of the catalog at one revision. Lookups use memory only and do not block. */
public final class Catalog {
    private static final int MAX_CACHED_URLS = 20_000;
    private static final int MAX_CACHED_URL_LENGTH = 400;

    private final CatalogContents contents;
    private final Map<String, Source> sources;
    private final Map<String, SourceRules> rules;
    private final ProviderPriceList providerPrices;
    private final List<Plan> plansForSale;
    private final Map<String, Plan> plansForSaleAndRetired;
    private final SourceUrlIndex index;

    /** Front pages ask for the same articles for every reader; parsing a URL takes microseconds. */
    private final Cache<String, Article> articlesByUrl =
            Caffeine.newBuilder().maximumSize(MAX_CACHED_URLS).build();

    Catalog(CatalogContents contents) {
        this.contents = contents;
        this.sources =
                contents.sources().stream().collect(Collectors.toUnmodifiableMap(Source::slug, Function.identity()));
        this.providerPrices = new ProviderPriceList(contents.providerPrices());
        this.plansForSale =
                contents.plans().stream().map(providerPrices::applyTo).toList();
        this.plansForSaleAndRetired = Stream.concat(plansForSale.stream(), contents.retiredPlans().stream())
                .collect(Collectors.toUnmodifiableMap(Plan::slug, Function.identity()));
        this.rules = contents.rules().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> new SourceRules(entry.getValue())));
        this.index = new SourceUrlIndex(contents.sources());
    }

    private Catalog(Catalog original, Map<String, SourceRules> rules) {
        this.contents = original.contents;
        this.sources = original.sources;
        this.providerPrices = original.providerPrices;
        this.plansForSale = original.plansForSale;
        this.plansForSaleAndRetired = original.plansForSaleAndRetired;
        this.index = original.index;
        this.rules = rules;
    }

    /**
     * Returns this catalog for a dry run, in which draft policies replace the rules of their sections for all time.
     *
     * @param drafts policies by slug of the source and section path; the empty path is the whole source. Unknown sources
     *     are ignored
     */
    public Catalog withDraftPolicies(Map<String, Map<String, Policy>> drafts) {
        Map<String, SourceRules> rulesWithDrafts = new HashMap<>(rules);
        drafts.forEach((slug, sections) -> rulesWithDrafts.computeIfPresent(
                slug,
                (_, existing) -> existing.withDrafts(sections.entrySet().stream()
                        .map(draft -> Rule.hypothetical(draft.getKey(), draft.getValue()))
                        .toList())));
        return new Catalog(this, rulesWithDrafts);
    }

    /** Returns the revision, which increases with every change of the catalog. */
    public long revision() {
        return contents.revision();
    }

    /** Returns the active sources by slug. */
    public List<Source> sources() {
        return contents.sources();
    }

    /** Returns the active sources with the policies of the last import that contained them. */
    public List<SourceDefinition> sourceDefinitions() {
        return contents.sources().stream()
                .map(source -> new SourceDefinition(source, rules(source).tablePolicy()))
                .toList();
    }

    /** Returns the active source with this slug; empty if there is none. */
    public Optional<Source> source(String slug) {
        return Optional.ofNullable(sources.get(slug));
    }

    /** Returns the rules of a source of this catalog. */
    public SourceRules rules(Source source) {
        return rules.get(source.slug());
    }

    /**
     * Returns a version of what the catalog shows at an instant, for entity tags. It changes with the revision and
     * whenever a rule begins or ends.
     */
    String contentVersion(Instant at) {
        long changes =
                rules.values().stream().mapToLong(it -> it.changeCountUntil(at)).sum();
        return revision() + "." + changes;
    }

    /**
     * Returns the article with this URL; without source if the URL belongs to none.
     *
     * @param pointer location of the URL in the request, for the problem
     * @throws Problem {@code invalid-input} if the URL is not valid
     */
    public Article articleByUrl(String url, String pointer) {
        return url.length() > MAX_CACHED_URL_LENGTH
                ? parseUrl(url, pointer)
                : articlesByUrl.get(url, _ -> parseUrl(url, pointer));
    }

    private Article parseUrl(String url, String pointer) {
        NormalizedUrl normalized;
        try {
            normalized = NormalizedUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(pointer, e.getMessage());
        }
        return new Article(
                index.findSource(normalized),
                normalized.canonicalUrl(),
                normalized.articleKey(),
                SectionPath.fromUrlPath(normalized.articlePath()),
                Optional.empty());
    }

    /** Returns the article that a source identifies by its own reference; without source if the slug is unknown. */
    public Article articleByReference(String slug, String reference) {
        return new Article(source(slug), reference, "#" + reference, SectionPath.WHOLE_SOURCE, Optional.empty());
    }

    /** Returns the plans for sale by slug, with the prices that the billing provider charges. */
    public List<Plan> plans() {
        return plansForSale;
    }

    /** Returns the plans for sale with the prices of the last import. */
    public List<Plan> planDefinitions() {
        return contents.plans();
    }

    /** Returns what the billing provider charges for a plan and interval; empty if it was not compared yet. */
    public Optional<ProviderPrice> providerPrice(String plan, BillingInterval interval) {
        return providerPrices.find(plan, interval);
    }

    /** Returns how many prices for sale the billing provider charges differently or cannot charge. */
    long countPriceDifferences() {
        return providerPrices.countDifferences(contents.plans());
    }

    /** Returns the plan with this slug, also if it is no longer sold: entitlements to it continue. */
    public Optional<Plan> plan(String slug) {
        return Optional.ofNullable(plansForSaleAndRetired.get(slug));
    }

    /**
     * Returns the plan to offer for a source. Of the plans for sale that cover it, plans with a free trial come first, then
     * the lowest price.
     */
    public Optional<Plan> bestPlanFor(Source source) {
        return plansForSale.stream()
                .filter(plan -> plan.covers(source))
                .min(Comparator.comparing((Plan plan) -> plan.trialDays() == 0).thenComparingLong(Catalog::sortPrice));
    }

    /** A plan whose price is not known comes last. */
    private static long sortPrice(Plan plan) {
        Money price = plan.prices().getFirst().price();
        return price == null ? Long.MAX_VALUE : price.amount();
    }
}
