package dev.gatefold.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.model.SectionPath;
import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Policy;
import dev.gatefold.catalog.rules.Rule;
import dev.gatefold.catalog.rules.SourceRules;
import dev.gatefold.catalog.tables.SourceTsvReader.SourceDefinition;
import dev.gatefold.catalog.urls.NormalizedUrl;
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

/** The whole catalogue at one revision: immutable, in memory, asked without waiting. */
public final class Catalog {
    /** What the database holds of it, in the order of the slugs. */
    record CatalogContents(
            long revision,
            List<Source> sources,
            Map<String, List<Rule>> rules,
            List<Plan> plans,
            List<Plan> retiredPlans) {}

    private static final int MOST_KNOWN = 20_000;
    private static final int LONGEST_KNOWN = 400;

    private final CatalogContents contents;
    private final Map<String, Source> sources;
    private final Map<String, SourceRules> rules;
    private final Map<String, Plan> everyPlan;
    private final SourceUrlIndex index;

    /** What addresses have led to, since a front page asks of the same ones for every reader. */
    private final Cache<String, Article> known =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    Catalog(CatalogContents contents) {
        this.contents = contents;
        this.sources =
                contents.sources.stream().collect(Collectors.toUnmodifiableMap(Source::slug, Function.identity()));
        this.everyPlan = Stream.concat(contents.plans.stream(), contents.retiredPlans.stream())
                .collect(Collectors.toUnmodifiableMap(Plan::slug, Function.identity()));
        this.rules = contents.rules.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> new SourceRules(entry.getValue())));
        this.index = new SourceUrlIndex(contents.sources);
    }

    private Catalog(Catalog original, Map<String, SourceRules> rules) {
        this.contents = original.contents;
        this.sources = original.sources;
        this.everyPlan = original.everyPlan;
        this.index = original.index;
        this.rules = rules;
    }

    /**
     * The same catalogue, as if these policies had always held.
     *
     * @param drafts by the slugs of their sources, and the sections in them; the empty one is the whole source
     */
    public Catalog withDraftPolicies(Map<String, Map<String, Policy>> drafts) {
        Map<String, SourceRules> imagined = new HashMap<>(rules);
        drafts.forEach((slug, sections) -> imagined.computeIfPresent(
                slug,
                (_, made) -> made.withDrafts(sections.entrySet().stream()
                        .map(draft -> Rule.hypothetical(draft.getKey(), draft.getValue()))
                        .toList())));
        return new Catalog(this, imagined);
    }

    public long revision() {
        return contents.revision;
    }

    /** In the order of their slugs. */
    public List<Source> sources() {
        return contents.sources;
    }

    /** What the table of the sources said last, as far as it has them still. */
    public List<SourceDefinition> sourceDefinitions() {
        return contents.sources.stream()
                .map(source -> new SourceDefinition(source, rules(source).tablePolicy()))
                .toList();
    }

    public Optional<Source> source(String slug) {
        return Optional.ofNullable(sources.get(slug));
    }

    /** What holds for a source of this catalogue, and when. */
    public SourceRules rules(Source source) {
        return rules.get(source.slug());
    }

    /** Changes with everything that is shown of the catalogue: what is entered, and what time makes of it. */
    String contentVersion(Instant at) {
        long changes =
                rules.values().stream().mapToLong(it -> it.changeCountUntil(at)).sum();
        return revision() + "." + changes;
    }

    /**
     * The article at an address, wherever on the web that is.
     *
     * @param pointer where the caller wrote the address, for telling that it is none
     */
    public Article articleByUrl(String url, String pointer) {
        return url.length() > LONGEST_KNOWN ? find(url, pointer) : known.get(url, _ -> find(url, pointer));
    }

    private Article find(String url, String pointer) {
        NormalizedUrl address;
        try {
            address = NormalizedUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(pointer, e.getMessage());
        }
        return new Article(
                index.findSource(address),
                address.canonicalUrl(),
                address.articleKey(),
                SectionPath.fromUrlPath(address.path()),
                Optional.empty());
    }

    /** The article that a source itself knows by a reference. */
    public Article articleByReference(String slug, String reference) {
        return new Article(source(slug), reference, "#" + reference, SectionPath.WHOLE_SOURCE, Optional.empty());
    }

    /** What is sold today, in the order of the slugs. */
    public List<Plan> plans() {
        return contents.plans;
    }

    /** A plan that is sold, or was: an entitlement outlives the sale of its plan. */
    public Optional<Plan> plan(String slug) {
        return Optional.ofNullable(everyPlan.get(slug));
    }

    /**
     * The plan to offer for a source: of those sold that open it, one that begins with free days, and of several the one
     * with the lowest first price.
     */
    public Optional<Plan> bestPlanFor(Source source) {
        return contents.plans.stream()
                .filter(plan -> plan.covers(source))
                .min(Comparator.comparing((Plan plan) -> plan.trialDays() == 0)
                        .thenComparingLong(
                                plan -> plan.prices().getFirst().price().amount()));
    }
}
