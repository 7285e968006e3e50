package dev.gatefold.catalog.urls;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Removal of the marks of an AMP edition from paths: a segment {@code amp} as in {@code /amp/news/story} and
 * {@code /news/story/amp}, and a suffix as in {@code story.amp.html}.
 */
final class AmpEdition {
    private static final Pattern SEGMENT = Pattern.compile("(?i)amp(?:;.*)?");

    /** {@code -amp} and {@code _amp} only follow an id, because the last word of a headline can be "amp". */
    private static final Pattern SUFFIX =
            Pattern.compile("(?i)(?:[.~!]|(?<=\\d)[-_])amp(?=(?:\\.[a-z]{3,5})?(?:;.*)?$)");

    private static final Pattern ID = Pattern.compile("\\d+");

    private AmpEdition() {}

    /** Returns the path of the article's main edition, which begins with a slash. */
    static String removeFrom(String path) {
        return "/" + String.join("/", removeFrom(List.of(path.substring(1).split("/", -1))));
    }

    /**
     * Returns the segments of the path of the article's main edition. A path such as {@code /amp/4711} remains: the id
     * alone is no path of the main edition.
     */
    static List<String> removeFrom(List<String> segments) {
        List<String> main = new ArrayList<>(segments.size());
        for (String segment : segments) {
            if (!SEGMENT.matcher(segment).matches()) {
                main.add(segment);
            }
        }
        List<String> named = main.stream().filter(it -> !it.isEmpty()).toList();
        if (main.size() < segments.size()
                && named.size() == 1
                && ID.matcher(named.getFirst()).matches()) {
            return segments;
        }
        main.replaceAll(segment -> SUFFIX.matcher(segment).replaceFirst(""));
        return main;
    }
}
