package dev.gatefold.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.catalog.model.Article;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random spellings of a URL lead to the same section and to the same article. */
class RandomUrlSpellingsTest {
    private static final int ARTICLES = 400;
    private static final int SPELLINGS = 25;

    private static final List<String> FOLDERS =
            List.of("news", "politics", "küche", "märkte und mehr", "a+b", "2026", "100%");
    private static final List<String> STORIES =
            List.of("some-story", "ampeln-tot-1.html", "story_123.html", "дело", "a-1.2", "best-amp");

    private static final List<String> FIRST_SLASHES = List.of("/", "/", "//", "/./", "/x/../", "/%2e/", "/x%2F..%2F");
    private static final List<String> SLASHES = List.of(
            "/",
            "/",
            "//",
            "/./",
            "/%2E/",
            "/x/../",
            "/x/..;y=z/",
            "/x%2F%2e%2E%5C",
            "%2F",
            "%2f",
            "%252F",
            "%5C",
            ";x=y/",
            ";/",
            "%3Bx/");
    private static final List<String> ENDS = List.of(
            "", "", "/", "#x", "?amp", "?outputType=amp", "?ref=x&share=y", "?mod=y", "?at_medium=z", "/?gaa_at=a");

    private final Catalog catalog = TestCatalogs.ofEachGate();

    @ParameterizedTest
    @ValueSource(longs = {1, 20261201, 7_777_777})
    void spellingsOfPathLeadToSameSectionAndArticle(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ARTICLES; i++) {
            List<String> segments = randomSegments(random);
            Article plain = articleAt("/"
                    + String.join(
                            "/", segments.stream().map(it -> escape(it, null)).toList()));
            for (int j = 0; j < SPELLINGS; j++) {
                String spelling = spell(segments, random);
                Article spelled = articleAt(spelling);
                assertThat(List.of(spelled.section(), spelled.key(), spelled.source()))
                        .as("seed %d: %s", seed, spelling)
                        .isEqualTo(List.of(plain.section(), plain.key(), plain.source()));
            }
        }
    }

    private Article articleAt(String path) {
        return catalog.articleByUrl("https://members.example" + path, "url");
    }

    private static List<String> randomSegments(SplittableRandom random) {
        List<String> segments = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            segments.add(pick(FOLDERS, random));
        }
        segments.add(pick(STORIES, random));
        return segments;
    }

    /** Returns a path that a publisher's server may accept as well, or that of the AMP edition. */
    private static String spell(List<String> segments, SplittableRandom random) {
        List<String> edition = new ArrayList<>(segments);
        if (random.nextInt(3) == 0) {
            edition.add(random.nextInt(edition.size() + 1), "amp");
        }
        StringBuilder url = new StringBuilder();
        for (int i = 0; i < edition.size(); i++) {
            boolean afterFolder =
                    i > 0 && (i < edition.size() - 1 || !edition.getLast().equals("amp"));
            url.append(pick(afterFolder ? SLASHES : FIRST_SLASHES, random)).append(escape(edition.get(i), random));
        }
        return url.append(pick(ENDS, random)).toString();
    }

    /**
     * Escapes the bytes that URLs cannot contain.
     *
     * @param random if not null, some other letters and digits are escaped as well, in upper or lower case
     */
    private static String escape(String segment, SplittableRandom random) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            boolean isRequired = b < 0 || b == ' ' || b == '%';
            boolean isChosen = random != null && b > 0 && Character.isLetterOrDigit(b) && random.nextInt(3) == 0;
            String format = random != null && random.nextBoolean() ? "%%%02x" : "%%%02X";
            escaped.append(isRequired || isChosen ? format.formatted(b) : String.valueOf((char) b));
        }
        return escaped.toString();
    }

    private static <T> T pick(List<T> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }
}
