package dev.gatefold.access;

import dev.gatefold.access.NaiveLaw.Asked;
import dev.gatefold.catalog.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Articles of the titles and of nobody, and questions about them, made at random. */
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
     * An article as it can be asked for.
     *
     * @param source null where it is nobody's
     * @param host null where it is asked for by its source and reference
     */
    record Place(String source, String slug, String host, String folder, String name) {
        boolean isSomebodys() {
            return source != null;
        }

        String url() {
            return "https://" + host + folder + name;
        }

        /** The same for every address of the article. */
        String identity() {
            return host == null ? slug + " #" + name : host + folder + name;
        }
    }

    /** A question, as it is sent and as the naive law understands it. */
    record Questioned(Map<String, String> sent, Asked asked) {}

    private final Dice dice;
    private final RandomTitles titles;
    private final NaiveLaw law;
    private final List<Place> places = new ArrayList<>();

    RandomArticles(Dice dice, RandomTitles titles, NaiveLaw law) {
        this.dice = dice;
        this.titles = titles;
        this.law = law;
        titles.slugs().forEach(this::settle);
        settleNobodys();
    }

    private void settle(String slug) {
        for (int i = 0; i < 12; i++) {
            String folder = dice.any(FOLDERS);
            String source = titles.ownerOf(slug, folder);
            places.add(new Place(source, source, slug + ".example", folder, "story-" + places.size()));
        }
        for (int i = 0; i < 4; i++) {
            places.add(new Place(slug, slug, null, "", "ref/" + places.size()));
        }
    }

    private void settleNobodys() {
        places.add(new Place(null, null, titles.retired() + ".example", "/news/", "story"));
        places.add(new Place(null, titles.retired(), null, "", "4711"));
        places.add(new Place(null, "nobody", null, "", "4711"));
        places.add(new Place(null, null, titles.slugs().getFirst() + ".example.evil.test", "/news/", "story"));
    }

    Place place() {
        return dice.any(places.stream().filter(Place::isSomebodys).toList());
    }

    /** A question at an instant that is known, so that it can be about an article which has just come of age. */
    Questioned question(Instant t, String country) {
        return question(dice.any(places), t, country);
    }

    /** The same, of an article of one source. */
    Questioned question(String source, Instant t, String country) {
        return question(
                dice.any(places.stream().filter(it -> source.equals(it.source)).toList()), t, country);
    }

    private Questioned question(Place place, Instant t, String country) {
        Map<String, String> sent = new LinkedHashMap<>();
        if (place.host == null) {
            sent.put("source", place.slug);
            sent.put("article", place.name);
        } else {
            sent.put("url", dice.oneIn(3) ? disguised(place) : place.url());
        }
        String said = dice.oneIn(place.host == null ? 2 : 8) ? dice.any(SECTIONS) : "";
        if (!said.isEmpty()) {
            sent.put("section", written(said, dice));
        }
        Asked asked =
                new Asked(place.source, place.identity(), said.isEmpty() ? null : said, place.folder, null, country);
        Instant publishedAt = dice.oneIn(2) ? publishedAt(asked, t) : null;
        if (publishedAt != null) {
            sent.put(
                    "publishedAt",
                    dice.oneIn(4) ? publishedAt.atOffset(ZoneOffset.ofHours(5)).toString() : publishedAt.toString());
        }
        return new Questioned(
                sent, new Asked(place.source, asked.article(), asked.said(), asked.folder(), publishedAt, country));
    }

    /** As people write a section. */
    static String written(String section, Dice dice) {
        return switch (dice.below(6)) {
            case 0 -> "/" + section;
            case 1 -> section + "/";
            case 2 -> "/" + section.toUpperCase(Locale.ROOT) + "/";
            default -> section;
        };
    }

    /** Another address of the same article. */
    private String disguised(Place place) {
        String host = dice.any(List.of("", "www.", "m.", "amp.")) + place.host;
        return dice.any(List.of("https://", "http://", "HTTPS://"))
                + (dice.oneIn(3) ? host.toUpperCase(Locale.ROOT) : host)
                + place.folder
                + place.name
                + dice.any(List.of("", "", "/"))
                + dice.any(List.of("", "?utm_source=mail", "?fbclid=1&utm_medium=x", "?gclid=z"))
                + dice.any(List.of("", "#comments"));
    }

    /** Where the policy in force goes by the age: about as old as its numbers say. */
    private Instant publishedAt(Asked asked, Instant t) {
        Policy policy = asked.source() == null ? null : law.policyFor(asked, t);
        List<Duration> ages = new ArrayList<>();
        ages.add(Duration.ofMinutes(dice.below(60 * 24 * 40) - 60L));
        if (policy != null && policy.embargoHours() != null) {
            ages.add(Duration.ofHours(policy.embargoHours()));
        }
        if (policy != null && policy.archiveDays() != null) {
            ages.add(Duration.ofDays(policy.archiveDays()));
        }
        return t.minus(dice.any(ages)).plusMillis(dice.any(List.of(0, 0, 1, -1)));
    }

    /** When an article may come of one of the ages that policies name. */
    static List<Instant> edgesOfAge(Questioned question) {
        List<Instant> edges = new ArrayList<>();
        Instant publishedAt = question.asked().publishedAt();
        if (publishedAt != null) {
            RandomPolicies.EMBARGOES.forEach(hours -> edges.add(publishedAt.plus(Duration.ofHours(hours))));
            RandomPolicies.ARCHIVES.forEach(days -> edges.add(publishedAt.plus(Duration.ofDays(days))));
        }
        return edges;
    }
}
