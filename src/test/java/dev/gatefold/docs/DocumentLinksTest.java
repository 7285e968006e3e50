package dev.gatefold.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Relative links in Markdown files: the linked file and heading exist. */
class DocumentLinksTest {
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    private record Link(Path from, Path to, String anchor) {}

    @Test
    void everyRelativeLinkHasATarget() throws IOException {
        try (Stream<Link> links = links()) {
            assertThat(links)
                    .isNotEmpty()
                    .allSatisfy(link -> assertThat(link.to).exists());
        }
    }

    @Test
    void everyAnchorHasAHeading() throws IOException {
        try (Stream<Link> links = links()) {
            assertThat(links.filter(link -> link.anchor != null))
                    .isNotEmpty()
                    .allSatisfy(link ->
                            assertThat(anchors(link.to)).as(link.toString()).contains(link.anchor));
        }
    }

    private static Stream<Link> links() throws IOException {
        return Stream.of(documents(".", 1), documents("docs", Integer.MAX_VALUE), documents("src", Integer.MAX_VALUE))
                .flatMap(List::stream)
                .flatMap(DocumentLinksTest::linksOf);
    }

    private static List<Path> documents(String folder, int maxDepth) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder), maxDepth)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    private static Stream<Link> linksOf(Path file) {
        return LINK.matcher(read(file)).results().map(link -> {
            Path target = link.group(1).isEmpty() ? file : file.resolveSibling(link.group(1));
            return new Link(file, target.normalize(), link.group(2));
        });
    }

    /** Returns the anchors that GitHub generates for headings. */
    private static Stream<String> anchors(Path file) {
        return HEADING.matcher(read(file))
                .results()
                .map(heading -> heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
