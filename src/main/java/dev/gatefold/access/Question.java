package dev.gatefold.access;

import dev.gatefold.catalog.Article;
import dev.gatefold.kernel.Term;
import java.util.Optional;

/**
 * May somebody open this article? All that the law is told, but for what the reader holds.
 *
 * @param country where the reader is: ISO 3166-1 alpha-2, lower case; empty where nobody says
 * @param mayMeter false for a visitor from where too many new ones come
 * @param share for how long somebody has given the article away to this reader
 * @param crawler whether a search engine asks that has proved to be one
 */
record Question(Article article, Optional<String> country, boolean mayMeter, Optional<Term> share, boolean crawler) {
    /** Of somebody who comes with nothing but themselves. */
    static Question plain(Article article) {
        return new Question(article, Optional.empty(), true, Optional.empty(), false);
    }
}
