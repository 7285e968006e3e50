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
                .replaceAll("\\s*/[\\s/]*", "/")
                .replaceAll("^/|/$", "");
    }

    /**
     * Returns the folder of an article: {@code ai} for {@code /ai/some-story}. Escapes are decoded twice, because some
     * proxies decode a path that the publisher's server decodes again.
     *
     * @param path without trailing slash and without escaped slashes
     */
    public static String fromUrlPath(String path) {
        return normalize(decode(decode(path.substring(0, path.lastIndexOf('/')))));
    }

    private static String decode(String folder) {
        // URLDecoder would decode a plus to a space, and reject a percent sign that is not part of an escape
        String escaped = folder.replace("+", "%2B").replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
        return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    }

    /** Returns true if {@code inner} is the section {@code outer} or one of its subsections. */
    public static boolean contains(String outer, String inner) {
        return inner.startsWith(outer)
                && (outer.isEmpty() || inner.length() == outer.length() || inner.charAt(outer.length()) == '/');
    }
}
