package dev.gatefold.access;

import dev.gatefold.catalog.Article;
import java.time.Instant;
import java.util.List;

/** One reader's question about some articles, all at one instant. */
record Enquiry(Reader reader, List<Article> articles, Surface surface, Instant at) {}
