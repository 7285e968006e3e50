package dev.gatefold.catalog.urls;

import java.util.ArrayDeque;
import java.util.Deque;

/** Removal of {@code .} and {@code ..} from URL paths (RFC 3986, section 5.2.4). */
final class DotSegments {
    private DotSegments() {}

    /** Returns the path without dot segments; a final dot segment leaves a trailing slash. */
    static String removeFrom(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        Deque<String> result = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            switch (segments[i]) {
                case "." -> appendTrailingSlash(result, last);
                case ".." -> {
                    result.pollLast();
                    appendTrailingSlash(result, last);
                }
                default -> result.addLast(segments[i]);
            }
        }
        return "/" + String.join("/", result);
    }

    private static void appendTrailingSlash(Deque<String> segments, boolean last) {
        if (last) {
            segments.addLast("");
        }
    }
}
