package dev.gatefold.access;

import dev.gatefold.catalog.Article;
import dev.gatefold.shares.Shares;
import java.time.Instant;
import java.util.List;

/** One reader's question about some articles, all at one instant. */
public record Enquiry(Reader reader, List<Article> articles, Circumstances circumstances, Instant at) {
    /** As the law is asked, given what the reader was found to come with. */
    List<Question> questions(Favours.Found found) {
        return articles.stream()
                .map(article -> new Question(
                        article,
                        circumstances.country(),
                        reader.mayMeter(),
                        found.share().filter(given -> given.isOf(article)).map(Shares.Given::term),
                        found.crawler()))
                .toList();
    }
}
