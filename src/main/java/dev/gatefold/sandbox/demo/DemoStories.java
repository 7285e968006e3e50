package dev.gatefold.sandbox.demo;

import com.google.common.io.Resources;
import dev.gatefold.catalog.Catalog;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.pages.wall.Teaser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The stories of the demo reader, from a table. */
final class DemoStories {
    /** A story of a title that the catalogue knows. */
    record DemoStory(Article article, Teaser teaser) {
        String source() {
            return article.source().orElseThrow().name();
        }

        String language() {
            return article.source()
                    .flatMap(it -> Optional.ofNullable(it.language()))
                    .orElse(Locale.ENGLISH.getLanguage());
        }
    }

    private record DemoStoryRow(String source, String path, Teaser teaser) {
        static DemoStoryRow of(String cells) {
            String[] cell = cells.split("\t");
            return new DemoStoryRow(cell[0], cell[1], new Teaser(cell[2], cell[3]));
        }
    }

    private final List<DemoStoryRow> lines;

    DemoStories() throws IOException {
        lines = Resources.readLines(Resources.getResource("sandbox/demo-stories.tsv"), StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("#"))
                .map(DemoStoryRow::of)
                .toList();
    }

    List<DemoStory> stories(Catalog catalog) {
        return lines.stream()
                .flatMap(line -> catalog.source(line.source).stream()
                        .map(source -> "https://www." + source.hosts().getFirst() + "/" + line.path)
                        .map(address -> new DemoStory(catalog.articleByUrl(address, "url"), line.teaser)))
                .toList();
    }

    /** What is told of an article; of one that is not among the stories, what can be. */
    Teaser teaserFor(Article article, Catalog catalog) {
        return stories(catalog).stream()
                .filter(story -> story.article.name().equals(article.name()))
                .map(DemoStory::teaser)
                .findFirst()
                .orElseGet(() -> new Teaser("A story that nobody has written", article.name()));
    }
}
