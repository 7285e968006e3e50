package dev.gatefold;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
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

/** The map of the rooms: who may import whom. */
public class ModuleDependencyTest {
    private static final String ROOT = "dev.gatefold";

    public static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            entry("kernel", Set.of()),
            entry("web", Set.of("kernel", "platform")),
            entry("platform", Set.of("kernel")),
            entry("catalog", Set.of("kernel", "web", "platform")),
            entry("accounts", Set.of("kernel", "platform", "web")),
            entry("entitlements", Set.of("kernel", "web", "platform", "catalog", "accounts")),
            entry("shares", Set.of("kernel", "platform", "web", "catalog", "accounts", "entitlements", "access")),
            entry("access", Set.of("kernel", "platform", "web", "catalog", "accounts", "entitlements")),
            entry(
                    "decisionlog",
                    Set.of(
                            "kernel",
                            "platform",
                            "web",
                            "catalog",
                            "accounts",
                            "entitlements",
                            "access",
                            "shares",
                            "bots")),
            entry("admin", Set.of("kernel", "platform", "web", "catalog", "accounts", "entitlements")),
            entry("subscriptions", Set.of("kernel", "platform", "web", "catalog", "accounts", "entitlements")),
            entry("billing", Set.of("kernel", "platform", "web", "catalog", "accounts", "subscriptions")),
            entry("bots", Set.of("kernel", "platform", "web", "catalog", "access")),
            entry("passes", Set.of("kernel", "platform", "web", "catalog", "accounts", "entitlements")),
            entry("privacy", Set.of("kernel", "platform", "web", "accounts", "subscriptions")),
            entry(
                    "pages",
                    Set.of(
                            "kernel",
                            "platform",
                            "web",
                            "catalog",
                            "accounts",
                            "shares",
                            "access",
                            "subscriptions",
                            "privacy")),
            entry(
                    "sandbox",
                    Set.of(
                            "kernel",
                            "platform",
                            "web",
                            "catalog",
                            "accounts",
                            "entitlements",
                            "billing",
                            "passes",
                            "access",
                            "pages")),
            // the front door
            entry("", Set.of("platform")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void modulesImportOnlyAllowedModules() {
        Set<String> trespasses = CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(ModuleDependencyTest::isForbidden)
                .map(Dependency::getDescription)
                .collect(Collectors.toSet());

        assertThat(trespasses).isEmpty();
    }

    @Test
    void everyModuleIsDeclaredInDependencyMap() {
        Set<String> rooms = CLASSES.stream().map(ModuleDependencyTest::moduleOf).collect(Collectors.toSet());

        assertThat(rooms).isEqualTo(MAY_IMPORT.keySet());
    }

    @Test
    void modulesHaveNoCyclicDependencies() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
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
