package dev.gatefold.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/**
 * The settings of one {@code @ConfigMapping} interface, read from its source.
 *
 * @param about description of the interface, in Markdown
 */
record DocumentedSettings(String prefix, Path file, String about, List<DocumentedSetting> all) {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final String MAPPING = "ConfigMapping";

    /**
     * One setting.
     *
     * @param fallback default value; empty if there is none
     * @param about description, in Markdown
     */
    record DocumentedSetting(String variable, SettingValueType type, Optional<String> fallback, String about) {}

    static List<DocumentedSettings> read() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(SOURCES)) {
            var mappings = sources.filter(DocumentedSettings::isMapping).toList();
            var task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(mappings));
            var units = task.parse();
            DocTrees comments = DocTrees.instance(task);
            return StreamSupport.stream(units.spliterator(), false)
                    .map(unit -> of(unit, comments))
                    .sorted(Comparator.comparing(DocumentedSettings::prefix).thenComparing(DocumentedSettings::file))
                    .toList();
        }
    }

    private static boolean isMapping(Path file) {
        try {
            return file.toString().endsWith(".java") && Files.readString(file).contains("@" + MAPPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DocumentedSettings of(CompilationUnitTree unit, DocTrees comments) {
        TreePath top = new TreePath(new TreePath(unit), unit.getTypeDecls().getFirst());
        ClassTree type = (ClassTree) top.getLeaf();
        String prefix = value(type.getModifiers(), MAPPING).orElseThrow();
        var settings = type.getMembers().stream()
                .filter(member -> member instanceof MethodTree method && isSetting(method))
                .map(MethodTree.class::cast)
                .map(method -> new DocumentedSetting(
                        variable(prefix, method.getName().toString()),
                        SettingValueType.of(method, type),
                        value(method.getModifiers(), "WithDefault"),
                        JavadocMarkdown.markdownOf(
                                new TreePath(top, method), comments, name -> variable(prefix, name))))
                .toList();
        return new DocumentedSettings(
                prefix,
                Path.of(unit.getSourceFile().getName()),
                JavadocMarkdown.markdownOf(top, comments, name -> variable(prefix, name)),
                settings);
    }

    private static boolean isSetting(MethodTree method) {
        return method.getParameters().isEmpty()
                && method.getModifiers().getFlags().stream()
                        .noneMatch(List.of(Modifier.DEFAULT, Modifier.PRIVATE)::contains);
    }

    /** Returns the value of an annotation that has at most one member; the empty text if it has none. */
    static Optional<String> value(ModifiersTree modifiers, String annotation) {
        return modifiers.getAnnotations().stream()
                .filter(it -> it.getAnnotationType().toString().equals(annotation))
                .map(AnnotationTree::getArguments)
                .map(arguments -> arguments.isEmpty() ? "" : literal(arguments.getFirst()))
                .findFirst();
    }

    private static String literal(Tree argument) {
        Tree value = argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument;
        return ((LiteralTree) value).getValue().toString();
    }

    /** Returns the environment variable of a setting, such as {@code GATEFOLD_PASSES_KEY_ROTATION_INTERVAL}. */
    private static String variable(String prefix, String name) {
        String property = prefix + "." + name.replaceAll("(?=[A-Z])", "-");
        return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }
}
