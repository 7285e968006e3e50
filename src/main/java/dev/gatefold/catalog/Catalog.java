package dev.gatefold.catalog;

import dev.gatefold.kernel.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whole catalogue at one revision: immutable, in memory, asked without waiting. */
public final class Catalog {
    /** What the database holds of it, in the order of the slugs. */
    record Contents(long revision, List<Source> sources, List<Plan> plans, List<Plan> retiredPlans) {}

    private final Contents contents;
    private final Map<String, Source> sources;
    private final Map<String, Plan> everyPlan;
    private final UrlIndex index;

    Catalog(Contents contents) {
        this.contents = contents;
        this.sources =
                contents.sources.stream().collect(Collectors.toUnmodifiableMap(Source::slug, Function.identity()));
        this.everyPlan = Stream.concat(contents.plans.stream(), contents.retiredPlans.stream())
                .collect(Collectors.toUnmodifiableMap(Plan::slug, Function.identity()));
        this.index = new UrlIndex(contents.sources);
    }

    public long revision() {
        return contents.revision;
    }

    /** In the order of their slugs. */
    public List<Source> sources() {
        return contents.sources;
    }

    public Optional<Source> source(String slug) {
        return Optional.ofNullable(sources.get(slug));
    }

    /**
     * The article at an address, wherever on the web that is.
     *
     * @param pointer where the caller wrote the address, for telling that it is none
     */
    public Article articleAt(String url, String pointer) {
        WebAddress address;
        try {
            address = WebAddress.parse(url);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(pointer, e.getMessage());
        }
        return new Article(index.find(address), address.canonical(), address.sameness());
    }

    /** The article that a source itself knows by a reference. */
    public Article article(String slug, String reference) {
        return new Article(source(slug), reference, "#" + reference);
    }

    /** What is sold today, in the order of the slugs. */
    public List<Plan> plans() {
        return contents.plans;
    }

    /** A plan that is sold, or was: an entitlement outlives the sale of its plan. */
    public Optional<Plan> plan(String slug) {
        return Optional.ofNullable(everyPlan.get(slug));
    }

    /** The plan to offer for a source: of those sold that open it, the one with the lowest first price. */
    public Optional<Plan> bestFor(Source source) {
        return contents.plans.stream()
                .filter(plan -> plan.covers(source))
                .min(Comparator.comparingLong(
                        plan -> plan.prices().getFirst().price().amount()));
    }
}
