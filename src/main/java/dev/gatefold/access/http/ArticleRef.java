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
 * An article, as callers name it: by its address anywhere on the web, or by a source and that source's own reference.
 *
 * @param section the folder of the article's address, where it is not said
 * @param publishedAt RFC 3339; of an article whose age is not said, none is assumed
 */
public record ArticleRef(String url, String source, String article, String section, String publishedAt) {
    private static final int LONGEST_REFERENCE = 500;
    private static final int LONGEST_SLUG = 80;
    private static final int LONGEST_SECTION = 200;

    /**
     * The article that is meant.
     *
     * @param at where in the request this stands, for telling what is wrong with it: {@code /articles/3/}
     */
    public Article resolve(Catalog catalog, String at) {
        List<InputError> flaws = new ArrayList<>();
        if (url != null && (source != null || article != null)) {
            flaws.add(new InputError(at + "url", "stands beside source and article; give one or the other"));
        } else if (url == null && source == null && article == null) {
            flaws.add(new InputError(at + "url", "is missing; give url, or source and article"));
        } else if (url == null) {
            check(flaws, at + "source", source, LONGEST_SLUG, true);
            check(flaws, at + "article", article, LONGEST_REFERENCE, true);
        }
        check(flaws, at + "section", section, LONGEST_SECTION, false);
        Instant published = published(flaws, at + "publishedAt");
        if (!flaws.isEmpty()) {
            throw Problem.invalid(flaws);
        }
        Article meant =
                url != null ? catalog.articleByUrl(url, at + "url") : catalog.articleByReference(source, article);
        return meant.withMetadata(section, published);
    }

    private static void check(List<InputError> flaws, String pointer, String value, int longest, boolean required) {
        if (value == null || value.isBlank()) {
            if (required) {
                flaws.add(new InputError(pointer, "is missing"));
            }
        } else if (value.length() > longest) {
            flaws.add(new InputError(pointer, "is longer than " + longest + " characters"));
        } else if (value.chars().anyMatch(Character::isISOControl)) {
            flaws.add(new InputError(pointer, "holds control characters"));
        }
    }

    private Instant published(List<InputError> flaws, String pointer) {
        Optional<Instant> said = Optional.ofNullable(publishedAt).flatMap(InstantParser::parse);
        if (publishedAt != null && said.isEmpty()) {
            flaws.add(new InputError(pointer, "is not an instant, such as 2026-11-23T10:00:00Z"));
        }
        return said.orElse(null);
    }
}
