package dev.gatefold.access.decide;

import dev.gatefold.access.decide.ReferencePaywall.ReferenceArticle;
import dev.gatefold.catalog.rules.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Random articles, of sources and of unknown hosts, and queries about them. */
final class RandomArticles {
    static final List<String> SECTIONS =
            List.of("", "", "news", "news/markets", "news/markets/asia", "newsletter", "ai", "sport");

    private static final List<String> FOLDERS = List.of(
            "/",
            "/news/",
            "/news/",
            "/news/markets/",
            "/News/Markets/",
            "/news/markets/asia/",
            "/news/politics/",
            "/newsletter/",
            "/ai/",
            "/ai/deep/",
            "/sport/");

    /**
     * An article as a request can refer to it.
     *
     * @param source null if the URL belongs to no source
     * @param host null if the request refers to it by source and reference
     */
    record RandomArticleLocation(String source, String slug, String host, String folder, String name) {
        boolean hasSource() {
            return source != null;
        }

        String url() {
            return "https://" + host + folder + name;
        }

        /** Returns a key that is the same for every URL of the article. */
        String identity() {
            return host == null ? slug + " #" + name : host + folder + name;
        }
    }

    /** A query as it is sent, and as the reference implementation reads it. */
    record RandomAccessQuery(Map<String, String> sent, ReferenceArticle reference) {}

    private final SeededRandom dice;
    private final RandomSources sources;
    private final ReferencePaywall paywall;
    private final List<RandomArticleLocation> places = new ArrayList<>();

    RandomArticles(SeededRandom dice, RandomSources sources, ReferencePaywall paywall) {
        this.dice = dice;
        this.sources = sources;
        this.paywall = paywall;
        sources.slugs().forEach(this::addArticlesOf);
        addArticlesOfNoSource();
    }

    private void addArticlesOf(String slug) {
        for (int i = 0; i < 12; i++) {
            String folder = dice.pick(FOLDERS);
            String source = sources.ownerOf(slug, folder);
            places.add(new RandomArticleLocation(source, source, slug + ".example", folder, "story-" + places.size()));
        }
        for (int i = 0; i < 4; i++) {
            places.add(new RandomArticleLocation(slug, slug, null, "", "ref/" + places.size()));
        }
    }

    private void addArticlesOfNoSource() {
        places.add(new RandomArticleLocation(null, null, sources.retiredSlug() + ".example", "/news/", "story"));
        places.add(new RandomArticleLocation(null, sources.retiredSlug(), null, "", "4711"));
        places.add(new RandomArticleLocation(null, "nobody", null, "", "4711"));
        places.add(new RandomArticleLocation(
                null, null, sources.slugs().getFirst() + ".example.evil.test", "/news/", "story"));
    }

    RandomArticleLocation pickArticle() {
        return dice.pick(
                places.stream().filter(RandomArticleLocation::hasSource).toList());
    }

    /** Returns a query at an instant, possibly about an article that reaches an age threshold then. */
    RandomAccessQuery pickQuery(Instant t, String country) {
        return pickQuery(dice.pick(places), t, country);
    }

    /** Returns a query at an instant about an article of a source. */
    RandomAccessQuery pickQuery(String source, Instant t, String country) {
        return pickQuery(
                dice.pick(places.stream().filter(it -> source.equals(it.source)).toList()), t, country);
    }

    private RandomAccessQuery pickQuery(RandomArticleLocation place, Instant t, String country) {
        Map<String, String> sent = new LinkedHashMap<>();
        if (place.host == null) {
            sent.put("source", place.slug);
            sent.put("article", place.name);
        } else {
            sent.put("url", dice.oneIn(3) ? equivalentUrl(place) : place.url());
        }
        String section = dice.oneIn(place.host == null ? 2 : 8) ? dice.pick(SECTIONS) : "";
        if (!section.isEmpty()) {
            sent.put("section", writtenVariant(section, dice));
        }
        ReferenceArticle reference = new ReferenceArticle(
                place.source, place.identity(), section.isEmpty() ? null : section, place.folder, null, country);
        Instant publishedAt = dice.oneIn(2) ? publishedAt(reference, t) : null;
        if (publishedAt != null) {
            sent.put(
                    "publishedAt",
                    dice.oneIn(4) ? publishedAt.atOffset(ZoneOffset.ofHours(5)).toString() : publishedAt.toString());
        }
        return new RandomAccessQuery(
                sent,
                new ReferenceArticle(
                        place.source,
                        reference.article(),
                        reference.sentSection(),
                        reference.folder(),
                        publishedAt,
                        country));
    }

    /** Returns a section in one of the spellings that callers use. */
    static String writtenVariant(String section, SeededRandom dice) {
        return switch (dice.below(6)) {
            case 0 -> "/" + section;
            case 1 -> section + "/";
            case 2 -> "/" + section.toUpperCase(Locale.ROOT) + "/";
            default -> section;
        };
    }

    /** Returns another URL of the same article. */
    private String equivalentUrl(RandomArticleLocation place) {
        String host = dice.pick(List.of("", "www.", "m.", "amp.")) + place.host;
        return dice.pick(List.of("https://", "http://", "HTTPS://"))
                + (dice.oneIn(3) ? host.toUpperCase(Locale.ROOT) : host)
                + place.folder
                + place.name
                + dice.pick(List.of("", "", "/"))
                + dice.pick(List.of("", "?utm_source=mail", "?fbclid=1&utm_medium=x", "?gclid=z"))
                + dice.pick(List.of("", "#comments"));
    }

    /** Returns a publication date for which the age is close to a threshold of the policy in force. */
    private Instant publishedAt(ReferenceArticle reference, Instant t) {
        Policy policy = reference.source() == null ? null : paywall.policyFor(reference, t);
        List<Duration> ages = new ArrayList<>();
        ages.add(Duration.ofMinutes(dice.below(60 * 24 * 40) - 60L));
        if (policy != null && policy.embargoHours() != null) {
            ages.add(Duration.ofHours(policy.embargoHours()));
        }
        if (policy != null && policy.archiveDays() != null) {
            ages.add(Duration.ofDays(policy.archiveDays()));
        }
        return t.minus(dice.pick(ages)).plusMillis(dice.pick(List.of(0, 0, 1, -1)));
    }

    /** Returns the instants at which an article can reach an age threshold of any policy. */
    static List<Instant> ageThresholds(RandomAccessQuery question) {
        List<Instant> edges = new ArrayList<>();
        Instant publishedAt = question.reference().publishedAt();
        if (publishedAt != null) {
            RandomPolicies.EMBARGOES.forEach(hours -> edges.add(publishedAt.plus(Duration.ofHours(hours))));
            RandomPolicies.ARCHIVES.forEach(days -> edges.add(publishedAt.plus(Duration.ofDays(days))));
        }
        return edges;
    }
}
