package dev.gatefold.catalog.model;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Where in a source an article stands, as a path of small letters without slashes at its ends, such as
 * {@code politics/europe}; the source as a whole is the empty one. It is what the caller says it is, or else the folder
 * of the article's address.
 */
public final class SectionPath {
    public static final String WHOLE_SOURCE = "";

    private SectionPath() {}

    public static String normalize(String written) {
        return Normalizer.normalize(written, Normalizer.Form.NFC)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("/{2,}", "/")
                .replaceAll("^/|/$", "");
    }

    /** The folder that a path leads into: of {@code /ai/some-story} it is {@code ai}, with a slash at the end or without. */
    public static String fromUrlPath(String path) {
        String article = path.replaceFirst("/+$", "");
        String folder = article.substring(0, article.lastIndexOf('/') + 1);
        // an escaped slash does not divide
        String kept = folder.replace("+", "%2B").replaceAll("(?i)%2f", "%252F");
        try {
            return normalize(URLDecoder.decode(kept, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return normalize(folder);
        }
    }

    /** Whether a section is the other, or stands somewhere in it. */
    public static boolean contains(String outer, String inner) {
        return inner.startsWith(outer)
                && (outer.isEmpty() || inner.length() == outer.length() || inner.charAt(outer.length()) == '/');
    }
}
