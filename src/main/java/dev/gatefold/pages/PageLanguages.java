package dev.gatefold.pages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Languages that the pages and the embedded paywall are available in. */
public final class PageLanguages {
    /** All languages, the default first. Each has a {@code messages/*_<language>.properties} file per message bundle. */
    public static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.GERMAN);

    private PageLanguages() {}

    /**
     * Returns the language that matches best, or English if none does.
     *
     * @param ranges language ranges (BCP 47) as in {@code Accept-Language}; null or malformed ranges match nothing
     */
    public static Locale bestMatch(String ranges) {
        try {
            return Optional.ofNullable(ranges)
                    .map(Locale.LanguageRange::parse)
                    .map(accepted -> Locale.lookup(accepted, ALL))
                    .orElse(Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }
}
