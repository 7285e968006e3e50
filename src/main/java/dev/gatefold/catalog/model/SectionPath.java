package dev.gatefold.catalog.model;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Functions on section paths. A section path is in lower case and NFC, with single slashes between its segments and none
 * at the ends, such as {@code politics/europe}. The empty path is the whole source.
 */
public final class SectionPath {
    /** The path of the whole source. */
    public static final String WHOLE_SOURCE = "";

    private SectionPath() {}

    /** Returns the section path for the text of a caller. */
    public static String normalize(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("/{2,}", "/")
                .replaceAll("^/|/$", "");
    }

    /**
     * Returns the folder of an article's URL path: {@code ai} for {@code /ai/some-story}, with or without a trailing
     * slash. Percent escapes are decoded, except escaped slashes.
     */
    public static String fromUrlPath(String path) {
        String article = path.replaceFirst("/+$", "");
        String folder = article.substring(0, article.lastIndexOf('/') + 1);
        // URLDecoder would decode a plus to a space, and an escaped slash to a separator
        String escaped = folder.replace("+", "%2B").replaceAll("(?i)%2f", "%252F");
        try {
            return normalize(URLDecoder.decode(escaped, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return normalize(folder);
        }
    }

    /** Returns true if {@code inner} is the section {@code outer} or one of its subsections. */
    public static boolean contains(String outer, String inner) {
        return inner.startsWith(outer)
                && (outer.isEmpty() || inner.length() == outer.length() || inner.charAt(outer.length()) == '/');
    }
}
