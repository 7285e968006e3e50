package dev.gatefold.access.decide;

/**
 * Result of opening an article.
 *
 * @param replayed true if the article was opened before with the same idempotency key; then {@code decision} is the stored
 *     one
 */
public record OpenedArticle(Decision decision, boolean replayed) {}
