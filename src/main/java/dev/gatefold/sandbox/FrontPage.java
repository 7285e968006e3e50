package dev.gatefold.sandbox;

import com.google.common.io.Resources;
import dev.gatefold.catalog.Article;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.pages.Teaser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The stories of the demo reader, from a table. */
final class FrontPage {
    /** A story of a title that the catalogue knows. */
    record Story(Article article, Teaser teaser) {
        String source() {
            return article.source().orElseThrow().name();
        }

        String language() {
            return article.source()
                    .flatMap(it -> Optional.ofNullable(it.language()))
                    .orElse(Locale.ENGLISH.getLanguage());
        }
    }

    private record Line(String source, String path, Teaser teaser) {
        static Line of(String cells) {
            String[] cell = cells.split("\t");
            return new Line(cell[0], cell[1], new Teaser(cell[2], cell[3]));
        }
    }

    private final List<Line> lines;

    FrontPage() throws IOException {
        lines = Resources.readLines(Resources.getResource("sandbox/front-page.tsv"), StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Line::of)
                .toList();
    }

    List<Story> stories(Catalog catalog) {
        return lines.stream()
                .flatMap(line -> catalog.source(line.source).stream()
                        .map(source -> "https://www." + source.hosts().getFirst() + "/" + line.path)
                        .map(address -> new Story(catalog.articleAt(address, "url"), line.teaser)))
                .toList();
    }

    /** What is told of an article; of one that is not among the stories, what can be. */
    Teaser of(Article article, Catalog catalog) {
        return stories(catalog).stream()
                .filter(story -> story.article.name().equals(article.name()))
                .map(Story::teaser)
                .findFirst()
                .orElseGet(() -> new Teaser("A story that nobody has written", article.name()));
    }
}
