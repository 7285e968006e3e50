package dev.gatefold.pages.wall;

/**
 * What a reader app's article page needs to know about the granted access.
 *
 * @param access why the reader has access, one sentence
 * @param meter what remains of the meter, as a text; null if access is not metered
 * @param canShare true if the reader is a member, who can share the article
 */
public record ArticlePageContext(String access, String meter, boolean canShare) {}
