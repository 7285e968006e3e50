package dev.gatefold.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.urls.NormalizedUrl;
import dev.gatefold.catalog.urls.SourceHost;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUrlIndexTest {
    private static final SourceUrlIndex INDEX = new SourceUrlIndex(List.of(
            source("times", "nytimes.com"),
            source("cooking", "cooking.nytimes.com"),
            source("news", "bbc.com/news"),
            source("africa", "bbc.com/news/world/africa"),
            source("sport", "bbc.com/sport", "sport.bbc.co.uk"),
            source("blog", "someone.blogspot.com"),
            source("editions", "other.example/amp")));

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    url                                                      | source
                    https://nytimes.com/2026/11/23/a.html                    | times
                    https://www.nytimes.com/a                                | times
                    https://a.b.c.nytimes.com/a                              | times
                    https://cooking.nytimes.com/recipes/1                    | cooking
                    https://m.cooking.nytimes.com/recipes/1                  | cooking
                    https://www.bbc.com/news/articles/c1                     | news
                    https://www.bbc.com/news                                 | news
                    https://www.bbc.com/news/world/africa/1                  | africa
                    https://www.bbc.com/news/world/africa-1                  | news
                    https://www.bbc.com/newsround/1                          |
                    https://www.bbc.com/news/../sport/1                      | sport
                    https://www.bbc.com/News/1                               | news
                    https://www.bbc.com//news/1                              | news
                    https://www.bbc.com/news%2F1                             | news
                    https://www.bbc.com/news;a=b/1                           | news
                    https://www.bbc.com/news;a=b                             | news
                    https://www.bbc.com/amp/news/1                           | news
                    https://www.bbc.com/sport/..%2Fnews/1                    | news
                    https://www.bbc.com/sport/..;/news/1                     | news
                    https://www.bbc.com/sport%2F%2e%2e%2Fnews/1              | news
                    https://www.bbc.com/                                     |
                    https://someone.blogspot.com/amp/2026/a.html             | blog
                    https://other.example/1                                  |
                    https://other.example/amp/1                              | editions
                    https://someone.blogspot.com/2026/a.html                 | blog
                    https://other.blogspot.com/2026/a.html                   |
                    # URLs that imitate those of a source
                    https://evil-nytimes.com/a                               |
                    https://evilnytimes.com/a                                |
                    https://nytimes.com.evil.test/a                          |
                    https://nytimes.com@evil.test/a                          |
                    https://evil.test/nytimes.com                            |
                    https://evil.test/?nytimes.com                           |
                    https://evil.test/#https://nytimes.com/a                 |
                    https://evil.test\\.nytimes.com/a                        |
                    https://nytimes.com.                                     | times
                    https://nytimes.com%2eevil.test/a                        |
                    https://nytimes.com:8080/a                               |
                    https://nytimes。com/a                                   | times
                    https://nytimes.com-cdn-ampproject.org/c/s/nytimes.com/a |
                    https://x.cdn.ampproject.org/c/s/evil.test/nytimes.com   |
                    https://x.cdn.ampproject.org/c/s/www.nytimes.com/a       | times
                    https://xn--ytimes-5xa.com/a                             |
                    https://127.0.0.1/a                                      |
                    """)
    void urlIsResolvedToItsSource(String url, String source) {
        assertThat(INDEX.findSource(NormalizedUrl.parse(url)).map(Source::slug)).isEqualTo(Optional.ofNullable(source));
    }

    /** Compares the index with a search through all hosts of all sources, for random hosts that share labels. */
    @ParameterizedTest
    @ValueSource(longs = {1, 20261123, 7_777_777})
    void indexMatchesLinearSearch(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            List<Source> sources = sources(random);
            SourceUrlIndex index = new SourceUrlIndex(sources);
            for (int i = 0; i < 200; i++) {
                NormalizedUrl url =
                        NormalizedUrl.parse("https://" + name(random, 1 + random.nextInt(5)) + path(random));
                assertThat(index.findSource(url).map(Source::slug))
                        .as("seed %d: %s in %s", seed, url, sources)
                        .isEqualTo(search(sources, url));
            }
        }
    }

    private static Optional<String> search(List<Source> sources, NormalizedUrl url) {
        record Found(String slug, SourceHost host) {}
        List<String> labels = Arrays.asList(url.host().split("\\."));
        List<String> steps = Arrays.asList(url.path().split("/"));
        return sources.stream()
                .flatMap(source -> source.hosts().stream().map(host -> new Found(source.slug(), host)))
                .filter(found ->
                        endsWith(labels, Arrays.asList(found.host.domain().split("\\."))))
                .filter(found ->
                        startsWith(steps, Arrays.asList(found.host.pathPrefix().split("/"))))
                .max(Comparator.comparingInt(
                                (Found found) -> found.host.domain().length())
                        .thenComparingInt(found -> found.host.pathPrefix().length()))
                .map(Found::slug);
    }

    private static boolean endsWith(List<String> all, List<String> end) {
        return all.size() >= end.size()
                && all.subList(all.size() - end.size(), all.size()).equals(end);
    }

    private static boolean startsWith(List<String> all, List<String> start) {
        boolean everything = start.equals(List.of(""));
        return everything
                || (all.size() >= start.size() && all.subList(0, start.size()).equals(start));
    }

    private static List<Source> sources(SplittableRandom random) {
        Set<String> taken = new HashSet<>();
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String host = name(random, 1 + random.nextInt(3)) + path(random);
            if (taken.add(SourceHost.parse(host).toString())) {
                sources.add(source("s" + i, host));
            }
        }
        return sources;
    }

    private static String name(SplittableRandom random, int labels) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < labels; i++) {
            name.append("ab".charAt(random.nextInt(2)))
                    .append("x".repeat(random.nextInt(2)))
                    .append('.');
        }
        return name.append(random.nextBoolean() ? "test" : "example").toString();
    }

    private static String path(SplittableRandom random) {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append('/').append("ab".charAt(random.nextInt(2))).append("x".repeat(random.nextInt(2)));
        }
        return path.toString();
    }

    private static Source source(String slug, String... hosts) {
        return new Source(
                slug,
                slug,
                null,
                null,
                ZoneOffset.UTC,
                List.of(),
                Arrays.stream(hosts).map(SourceHost::parse).toList());
    }
}
