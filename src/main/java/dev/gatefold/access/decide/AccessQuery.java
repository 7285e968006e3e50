package dev.gatefold.access.decide;

import dev.gatefold.catalog.model.Article;
import java.time.Instant;
import java.util.List;

/**
 * One reader's request for access to articles, all at the same instant.
 *
 * @param articles in the order of the response
 */
public record AccessQuery(Reader reader, List<Article> articles, RequestContext context, Instant at) {}
