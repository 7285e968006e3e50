package dev.gatefold.catalog.urls;

import java.util.ArrayDeque;
import java.util.Deque;

/** Takes {@code .} and {@code ..} out of a path, after RFC 3986, section 5.2.4. */
final class DotSegments {
    private DotSegments() {}

    static String removeFrom(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            switch (segments[i]) {
                case "." -> keepSlash(kept, last);
                case ".." -> {
                    kept.pollLast();
                    keepSlash(kept, last);
                }
                default -> kept.addLast(segments[i]);
            }
        }
        return "/" + String.join("/", kept);
    }

    private static void keepSlash(Deque<String> kept, boolean last) {
        if (last) {
            kept.addLast("");
        }
    }
}
