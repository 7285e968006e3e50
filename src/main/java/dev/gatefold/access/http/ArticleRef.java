package dev.gatefold.access.http;

import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.kernel.InstantParser;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Problem.InputError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reference to an article in a request: either {@code url}, or {@code source} and {@code article}.
 *
 * @param source slug of the source
 * @param article the source's own reference
 * @param section section of the source; if null, the folder of the URL
 * @param publishedAt publication date in RFC 3339; if null, the article has no age and no embargo applies
 */
public record ArticleRef(String url, String source, String article, String section, String publishedAt) {
    private static final int MAX_REFERENCE_LENGTH = 500;
    private static final int MAX_SLUG_LENGTH = 80;
    private static final int MAX_SECTION_LENGTH = 200;

    /**
     * Returns the article. Throws a 400 problem that lists all invalid members.
     *
     * @param pointer JSON pointer to this reference with a trailing slash, for example {@code /articles/3/}
     */
    public Article resolve(Catalog catalog, String pointer) {
        List<InputError> errors = new ArrayList<>();
        if (url != null && (source != null || article != null)) {
            errors.add(new InputError(pointer + "url", "cannot be combined with source and article"));
        } else if (url == null && source == null && article == null) {
            errors.add(new InputError(pointer + "url", "is missing; send url, or source and article"));
        } else if (url == null) {
            check(errors, pointer + "source", source, MAX_SLUG_LENGTH, true);
            check(errors, pointer + "article", article, MAX_REFERENCE_LENGTH, true);
        }
        check(errors, pointer + "section", section, MAX_SECTION_LENGTH, false);
        Instant published = parsePublishedAt(errors, pointer + "publishedAt");
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        Article resolved =
                url != null ? catalog.articleByUrl(url, pointer + "url") : catalog.articleByReference(source, article);
        return resolved.withMetadata(section, published);
    }

    private static void check(List<InputError> errors, String pointer, String value, int maxLength, boolean required) {
        if (value == null || value.isBlank()) {
            if (required) {
                errors.add(new InputError(pointer, "is missing"));
            }
        } else if (value.length() > maxLength) {
            errors.add(new InputError(pointer, "is longer than " + maxLength + " characters"));
        } else if (value.chars().anyMatch(Character::isISOControl)) {
            errors.add(new InputError(pointer, "contains control characters"));
        }
    }

    private Instant parsePublishedAt(List<InputError> errors, String pointer) {
        Optional<Instant> parsed = Optional.ofNullable(publishedAt).flatMap(InstantParser::parse);
        if (publishedAt != null && parsed.isEmpty()) {
            errors.add(new InputError(pointer, "is not an RFC 3339 instant such as 2026-11-23T10:00:00Z"));
        }
        return parsed.orElse(null);
    }
}
