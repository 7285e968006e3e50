package dev.gatefold.access;

import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.kernel.Problem;
import dev.gatefold.kernel.Problem.Flaw;
import dev.gatefold.kernel.Times;
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
record ArticleAsked(String url, String source, String article, String section, String publishedAt) {
    private static final int LONGEST_REFERENCE = 500;
    private static final int LONGEST_SLUG = 80;
    private static final int LONGEST_SECTION = 200;

    /**
     * The article that is meant.
     *
     * @param at where in the request this stands, for telling what is wrong with it: {@code /articles/3/}
     */
    Article in(Catalog catalog, String at) {
        List<Flaw> flaws = new ArrayList<>();
        if (url != null && (source != null || article != null)) {
            flaws.add(new Flaw(at + "url", "stands beside source and article; give one or the other"));
        } else if (url == null && source == null && article == null) {
            flaws.add(new Flaw(at + "url", "is missing; give url, or source and article"));
        } else if (url == null) {
            check(flaws, at + "source", source, LONGEST_SLUG, true);
            check(flaws, at + "article", article, LONGEST_REFERENCE, true);
        }
        check(flaws, at + "section", section, LONGEST_SECTION, false);
        Instant published = published(flaws, at + "publishedAt");
        if (!flaws.isEmpty()) {
            throw Problem.invalid(flaws);
        }
        Article meant = url != null ? catalog.articleAt(url, at + "url") : catalog.article(source, article);
        return meant.told(section, published);
    }

    private static void check(List<Flaw> flaws, String pointer, String value, int longest, boolean required) {
        if (value == null || value.isBlank()) {
            if (required) {
                flaws.add(new Flaw(pointer, "is missing"));
            }
        } else if (value.length() > longest) {
            flaws.add(new Flaw(pointer, "is longer than " + longest + " characters"));
        } else if (value.chars().anyMatch(Character::isISOControl)) {
            flaws.add(new Flaw(pointer, "holds control characters"));
        }
    }

    private Instant published(List<Flaw> flaws, String pointer) {
        Optional<Instant> said = Optional.ofNullable(publishedAt).flatMap(Times::parse);
        if (publishedAt != null && said.isEmpty()) {
            flaws.add(new Flaw(pointer, "is not an instant, such as 2026-11-23T10:00:00Z"));
        }
        return said.orElse(null);
    }
}
