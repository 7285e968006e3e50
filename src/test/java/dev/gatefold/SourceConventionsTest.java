package dev.gatefold;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Conventions of the source files: sizes, names that are unique in the project, and help texts of metrics. */
class SourceConventionsTest {
    private static final int MAX_FILE_LINES = 250;
    private static final int MAX_METHOD_LINES = 40;
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");

    /** Files by the simple name of a type, nested types included. */
    private static final Map<String, Set<String>> FILES_BY_TYPE = new TreeMap<>();

    private static final Pattern METRIC_WITHOUT_BUILDER =
            Pattern.compile("\\.(?:counter|gauge|timer|summary)\\(\\s*\"gatefold[.]\\S*");
    private static final Pattern METRIC = Pattern.compile("\\.builder\\(\\s*\"gatefold[.][^;]*");

    private static final List<String> LONG_METHODS = new ArrayList<>();

    @BeforeAll
    static void parse() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var sources = files.getJavaFileObjectsFromPaths(
                    Stream.concat(javaFiles(MAIN), javaFiles(TEST)).toList());
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, null, null, sources);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            task.parse().forEach(unit -> unit.accept(new DeclarationScanner(unit, positions), null));
        }
    }

    private static Stream<Path> javaFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }

    private static final class DeclarationScanner extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final String file;

        DeclarationScanner(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
            this.file = Path.of("")
                    .toAbsolutePath()
                    .relativize(Path.of(unit.getSourceFile().toUri()))
                    .toString();
        }

        @Override
        public Void visitClass(ClassTree type, Void ignored) {
            String name = type.getSimpleName().toString();
            if (!name.isEmpty()) {
                FILES_BY_TYPE.computeIfAbsent(name, _ -> new TreeSet<>()).add(file);
            }
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void ignored) {
            if (file.startsWith(MAIN.toString()) && lines(method) > MAX_METHOD_LINES) {
                LONG_METHODS.add(file + " " + method.getName());
            }
            return super.visitMethod(method, null);
        }

        private long lines(Tree tree) {
            var lineMap = unit.getLineMap();
            long start = positions.getStartPosition(unit, tree);
            return start < 0
                    ? 0
                    : lineMap.getLineNumber(positions.getEndPosition(unit, tree)) - lineMap.getLineNumber(start) + 1;
        }
    }

    @Test
    void mainFilesHaveAtMost250Lines() throws IOException {
        List<String> longFiles = new ArrayList<>();
        for (Path file : javaFiles(MAIN).toList()) {
            int lines = Files.readAllLines(file).size();
            if (lines > MAX_FILE_LINES) {
                longFiles.add(file + " " + lines);
            }
        }

        assertThat(longFiles).isEmpty();
    }

    @Test
    void mainMethodsHaveAtMost40Lines() {
        assertThat(LONG_METHODS).isEmpty();
    }

    @Test
    void noTwoTypesShareASimpleName() {
        assertThat(FILES_BY_TYPE.values().stream().filter(files -> files.size() > 1))
                .isEmpty();
    }

    /** The overloads of MeterRegistry without a builder register metrics without a description. */
    @Test
    void metricsHaveHelpTexts() throws IOException {
        List<String> withoutHelp = new ArrayList<>();
        for (Path file : javaFiles(MAIN).toList()) {
            String source = Files.readString(file);
            METRIC_WITHOUT_BUILDER.matcher(source).results().forEach(it -> withoutHelp.add(file + it.group()));
            METRIC.matcher(source)
                    .results()
                    .filter(it -> !it.group().contains(".description("))
                    .forEach(it -> withoutHelp.add(file + it.group()));
        }

        assertThat(withoutHelp).isEmpty();
    }
}
