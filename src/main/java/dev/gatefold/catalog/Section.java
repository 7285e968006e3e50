package dev.gatefold.catalog;

import java.util.Locale;

/**
 * Where in a source an article stands, as a path of small letters without slashes at its ends, such as
 * {@code politics/europe}; the source as a whole is the empty one. It is what the caller says it is, or else the folder
 * of the article's address.
 */
public final class Section {
    public static final String WHOLE = "";

    private Section() {}

    public static String of(String written) {
        return written.strip().toLowerCase(Locale.ROOT).replaceAll("/{2,}", "/").replaceAll("^/|/$", "");
    }

    /** The folder that a path leads into: of {@code /ai/some-story} it is {@code ai}. */
    static String ofPath(String path) {
        return of(path.substring(0, path.lastIndexOf('/') + 1));
    }

    /** Whether a section is the other, or stands somewhere in it. */
    static boolean contains(String outer, String inner) {
        return inner.startsWith(outer)
                && (outer.isEmpty() || inner.length() == outer.length() || inner.charAt(outer.length()) == '/');
    }
}
