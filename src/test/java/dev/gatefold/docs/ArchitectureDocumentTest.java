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

/** Consistency of the module diagram in docs/architecture.md with the allowed dependencies. */
class ArchitectureDocumentTest {
    private static final Path FILE = Path.of("docs/architecture.md");
    private static final String BEGIN = "<!-- modules -->\n";
    private static final String END = "<!-- /modules -->\n";

    /** The sandbox is not part of the production package. The empty name is the root package. */
    private static final Set<String> NOT_DRAWN = Set.of("sandbox", "");

    @Test
    void moduleDiagramMatchesDependencyMap() throws IOException {
        String text = Files.readString(FILE);
        String before = text.substring(0, text.indexOf(BEGIN));
        String after = text.substring(text.indexOf(END));

        new SnapshotFile(FILE).assertMatches(before + BEGIN + expectedDiagram() + after);
    }

    @Test
    void everyModuleIsDescribed() {
        assertThat(modules()).allSatisfy(module -> assertThat(FILE).content().contains("| [`" + module + "`]"));
    }

    private static String expectedDiagram() {
        return modules()
                .flatMap(from -> directDependencies(from).map(to -> "  %s --> %s\n".formatted(from, to)))
                .collect(Collectors.joining("", "\n```mermaid\nflowchart TD\n", "```\n\n"));
    }

    private static Stream<String> modules() {
        return MAY_IMPORT.keySet().stream()
                .filter(module -> !NOT_DRAWN.contains(module))
                .sorted();
    }

    /** Returns the allowed imports of a module that are not reachable through another allowed import. */
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
