package dev.gatefold.docs;

import static dev.gatefold.ModuleDependencyTest.MAY_IMPORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The picture of the rooms, made of the map that the code is held to. */
class ArchitectureDocumentTest {
    private static final Path FILE = Path.of("docs/architecture.md");
    private static final String BEGIN = "<!-- rooms -->\n";
    private static final String END = "<!-- /rooms -->\n";

    /** Not of what is shipped, and no room. */
    private static final Set<String> UNSEEN = Set.of("sandbox", "");

    @Test
    void architecturePictureMatchesDependencyMap() throws IOException {
        String text = Files.readString(FILE);
        String before = text.substring(0, text.indexOf(BEGIN));
        String after = text.substring(text.indexOf(END));

        new SnapshotFile(FILE).assertMatches(before + BEGIN + expectedPicture() + after);
    }

    @Test
    void everyModuleIsDescribed() {
        assertThat(modules()).allSatisfy(room -> assertThat(FILE).content().contains("| [`" + room + "`]"));
    }

    private static String expectedPicture() {
        return modules()
                .flatMap(from -> directDependencies(from).map(to -> "  %s --> %s\n".formatted(from, to)))
                .collect(Collectors.joining("", "\n```mermaid\nflowchart TD\n", "```\n\n"));
    }

    private static Stream<String> modules() {
        return MAY_IMPORT.keySet().stream()
                .filter(room -> !UNSEEN.contains(room))
                .sorted();
    }

    /** What a room may import, and would not reach by way of another that it may import. */
    private static Stream<String> directDependencies(String from) {
        Set<String> all = MAY_IMPORT.get(from);
        return all.stream()
                .filter(to -> all.stream().noneMatch(by -> !by.equals(to) && dependsOn(by, to)))
                .sorted();
    }

    private static boolean dependsOn(String from, String to) {
        Set<String> next = MAY_IMPORT.get(from);
        return next.contains(to) || next.stream().anyMatch(it -> dependsOn(it, to));
    }
}
