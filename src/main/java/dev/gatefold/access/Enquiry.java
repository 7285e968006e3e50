package dev.gatefold.access;

import dev.gatefold.catalog.Article;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One reader's question about some articles, all at one instant. */
record Enquiry(Reader reader, List<Article> articles, Circumstances circumstances, Instant at) {
    /** As the law is asked, before it is known what the reader comes with. */
    List<Question> questions() {
        return articles.stream()
                .map(article ->
                        new Question(article, circumstances.country(), reader.mayMeter(), Optional.empty(), false))
                .toList();
    }
}
