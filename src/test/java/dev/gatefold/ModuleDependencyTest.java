package dev.gatefold;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Allowed dependencies between modules, and between the sub-packages of a module. */
public class ModuleDependencyTest {
    private static final String ROOT = "dev.gatefold";

    /** Each module and the modules that it may import. Changes to this table are changes of the architecture. */
    private static final String ALLOWED = """
        kernel        :
        platform      : kernel
        web           : kernel platform
        catalog       : kernel platform web
        accounts      : kernel platform web
        entitlements  : kernel platform web catalog accounts
        access        : kernel platform web catalog accounts entitlements
        shares        : kernel platform web catalog accounts entitlements access
        bots          : kernel platform web catalog access
        decisionlog   : kernel platform web catalog accounts entitlements access shares bots
        subscriptions : kernel platform web catalog accounts entitlements
        billing       : kernel platform web catalog accounts subscriptions
        passes        : kernel platform web catalog accounts entitlements
        privacy       : kernel platform web accounts subscriptions
        admin         : kernel platform web catalog accounts entitlements
        pages         : kernel platform web catalog accounts entitlements access shares subscriptions privacy
        sandbox       : kernel platform web catalog accounts entitlements access billing passes pages
        (root)        : platform
        """;

    /** The table above: module to the modules that it may import; the root package has an empty name. */
    public static final Map<String, Set<String>> MAY_IMPORT = ALLOWED.lines()
            .map(line -> line.split(":", -1))
            .collect(Collectors.toUnmodifiableMap(
                    row -> row[0].strip().replace("(root)", ""),
                    row -> row[1].isBlank() ? Set.of() : Set.of(row[1].strip().split(" "))));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void modulesImportOnlyAllowedModules() {
        Set<String> violations = CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(ModuleDependencyTest::isForbidden)
                .map(Dependency::getDescription)
                .collect(Collectors.toSet());

        assertThat(violations).isEmpty();
    }

    @Test
    void everyModuleIsDeclaredInDependencyMap() {
        Set<String> modules =
                CLASSES.stream().map(ModuleDependencyTest::moduleOf).collect(Collectors.toSet());

        assertThat(modules).isEqualTo(MAY_IMPORT.keySet());
    }

    @Test
    void modulesHaveNoCyclicDependencies() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void subPackagesHaveNoCyclicDependencies(String module) {
        slices().matching(ROOT + "." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    static Stream<String> modules() {
        return MAY_IMPORT.keySet().stream().filter(module -> !module.isEmpty()).sorted();
    }

    @Test
    void stripeIsReferencedOnlyByBilling() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/gatefold"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().matches(".*/(billing|sandbox)/.*|.*/ProviderName[.]java")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContainIgnoringCase("stripe"));
        }
    }

    private static boolean isForbidden(Dependency dependency) {
        if (!dependency.getTargetClass().getPackageName().startsWith(ROOT)) {
            return false;
        }
        String from = moduleOf(dependency.getOriginClass());
        String to = moduleOf(dependency.getTargetClass());
        return !from.equals(to) && !MAY_IMPORT.getOrDefault(from, Set.of()).contains(to);
    }

    private static String moduleOf(JavaClass type) {
        String rest = type.getPackageName().substring(ROOT.length());
        return rest.isEmpty() ? "" : rest.substring(1).split("\\.")[0];
    }
}
