package dev.gatefold.pages;

import java.util.List;
import java.util.Locale;

/** Languages that the pages and the embedded paywall are available in. */
public final class PageLanguages {
    /** All languages, the default first. Each has a {@code messages/*_<language>.properties} file per message bundle. */
    public static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.GERMAN);

    private PageLanguages() {}

    /**
     * Returns the locale of a reader: the first accepted language that the pages are available in, with its region, which
     * decides how dates and amounts are written. English without a region if no language matches.
     *
     * @param ranges language ranges (BCP 47) with quality values as in {@code Accept-Language}; null or malformed ranges
     *     match nothing
     */
    public static Locale bestMatch(String ranges) {
        return parse(ranges).stream()
                .filter(range -> range.getWeight() > 0)
                .map(range -> Locale.forLanguageTag(range.getRange()))
                .filter(locale -> ALL.contains(language(locale)))
                .findFirst()
                .map(PageLanguages::withoutExtensions)
                .orElse(Locale.ENGLISH);
    }

    /** Returns a locale without its region, which the texts of the pages do not depend on. */
    public static Locale language(Locale locale) {
        return Locale.of(locale.getLanguage());
    }

    private static List<Locale.LanguageRange> parse(String ranges) {
        try {
            return ranges == null ? List.of() : Locale.LanguageRange.parse(ranges);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** An extension could ask for another calendar or other digits. */
    private static Locale withoutExtensions(Locale locale) {
        return new Locale.Builder()
                .setLanguage(locale.getLanguage())
                .setRegion(locale.getCountry())
                .build();
    }
}
