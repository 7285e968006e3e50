package dev.gatefold.catalog.urls;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Resolution of a URL path to the one by which publishers' servers find the article. Many servers decode escaped slashes,
 * merge repeated slashes, and ignore the parameters of segments (RFC 3986, section 3.3), so that such a spelling must not
 * lead to another section or source.
 */
final class RoutedPath {
    /** Escapes with any number of encodings: some proxies decode a path more than once. */
    private static final Pattern ESCAPED_SLASH = Pattern.compile("(?i)%(?:25)*(?:2F|5C)");

    private static final Pattern ESCAPED_DOT = Pattern.compile("(?i)%(?:25)*2E");
    private static final Pattern ESCAPED_SEMICOLON = Pattern.compile("(?i)%(?:25)*3B");
    private static final Pattern PARAMETERS = Pattern.compile(";.*");
    private static final Pattern SESSION_ID = Pattern.compile("(?i);(?:jsessionid|phpsessid|sid)=[^;]*");

    private RoutedPath() {}

    /**
     * Returns the segments without empty and dot segments. Parameters remain in the last segment, unless they are session
     * ids, because some publishers identify an article by them.
     *
     * @param path begins with a slash and has normalized escapes
     */
    static List<String> segments(String path) {
        String decoded = ESCAPED_SLASH.matcher(path).replaceAll("/");
        decoded = ESCAPED_DOT.matcher(decoded).replaceAll(".");
        decoded = ESCAPED_SEMICOLON.matcher(decoded).replaceAll(";");
        List<String> segments = new ArrayList<>();
        for (String segment : decoded.split("/")) {
            switch (PARAMETERS.matcher(segment).replaceFirst("")) {
                case "", "." -> {}
                case ".." -> {
                    if (!segments.isEmpty()) {
                        segments.removeLast();
                    }
                }
                default -> segments.add(segment);
            }
        }
        return segments;
    }

    /** Returns the path with these segments: {@code /} if there are none, and without trailing slash otherwise. */
    static String of(List<String> segments) {
        return IntStream.range(0, segments.size())
                .mapToObj(i -> {
                    Pattern removed = i < segments.size() - 1 ? PARAMETERS : SESSION_ID;
                    return removed.matcher(segments.get(i)).replaceFirst("");
                })
                .collect(Collectors.joining("/", "/", ""));
    }
}
