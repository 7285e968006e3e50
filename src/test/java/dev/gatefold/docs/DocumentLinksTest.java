package dev.gatefold.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written leads to what is there. */
class DocumentLinksTest {
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)(#[^)]*)?\\)");

    @Test
    void everyRelativeLinkLeadsToAFile() throws IOException {
        try (Stream<Path> own = Files.list(Path.of("."));
                Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> sources = Files.walk(Path.of("src"))) {
            assertThat(Stream.of(own, docs, sources)
                            .flatMap(it -> it)
                            .filter(file -> file.toString().endsWith(".md"))
                            .flatMap(DocumentLinksTest::links))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).exists());
        }
    }

    private static Stream<Path> links(Path file) {
        try {
            return LINK.matcher(Files.readString(file))
                    .results()
                    .map(link -> file.resolveSibling(link.group(1)).normalize());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
