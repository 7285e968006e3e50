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

/** The stories of the demo site, from {@code demo-stories.tsv}. */
final class DemoStories {
    /** A story of a source in the catalog. */
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
        static DemoStoryRow of(String line) {
            String[] cells = line.split("\t");
            return new DemoStoryRow(cells[0], cells[1], new Teaser(cells[2], cells[3]));
        }
    }

    private final List<DemoStoryRow> rows;

    DemoStories() throws IOException {
        rows = Resources.readLines(Resources.getResource("sandbox/demo-stories.tsv"), StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("#"))
                .map(DemoStoryRow::of)
                .toList();
    }

    /** Returns the stories whose source is in the catalog. */
    List<DemoStory> in(Catalog catalog) {
        return rows.stream()
                .flatMap(row -> catalog.source(row.source).stream()
                        .map(source -> "https://www." + source.hosts().getFirst() + "/" + row.path)
                        .map(url -> new DemoStory(catalog.articleByUrl(url, "url"), row.teaser)))
                .toList();
    }

    /** Returns the teaser of the article, or a placeholder if it is not one of the stories. */
    Teaser teaserFor(Article article, Catalog catalog) {
        return in(catalog).stream()
                .filter(story -> story.article.name().equals(article.name()))
                .map(DemoStory::teaser)
                .findFirst()
                .orElseGet(() -> new Teaser("Example article", article.name()));
    }
}
