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
public class RoomsTest {
    private static final String ROOT = "dev.gatefold";

    public static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            entry("kernel", Set.of()),
            entry("web", Set.of("kernel")),
            entry("replicas", Set.of("kernel")),
            entry("catalog", Set.of("kernel", "web", "replicas")),
            entry("accounts", Set.of("kernel", "web")),
            entry("entitlements", Set.of("kernel", "web", "replicas", "catalog", "accounts")),
            entry("shares", Set.of("kernel", "web", "catalog", "accounts", "entitlements")),
            entry("access", Set.of("kernel", "web", "catalog", "accounts", "entitlements", "shares", "bots")),
            entry("admin", Set.of("kernel", "web", "catalog", "accounts", "entitlements")),
            entry("subscriptions", Set.of("kernel", "web", "catalog", "accounts", "entitlements")),
            entry("billing", Set.of("kernel", "web", "catalog", "accounts", "subscriptions")),
            entry("bots", Set.of("kernel", "web", "catalog")),
            entry("passes", Set.of("kernel", "web", "catalog", "accounts", "entitlements")),
            entry("privacy", Set.of("kernel", "web", "accounts", "subscriptions")),
            entry(
                    "pages",
                    Set.of("kernel", "web", "catalog", "accounts", "shares", "access", "subscriptions", "privacy")),
            entry("telemetry", Set.of()),
            entry("ops", Set.of("kernel", "billing", "bots", "passes")),
            entry(
                    "sandbox",
                    Set.of(
                            "kernel",
                            "web",
                            "catalog",
                            "accounts",
                            "entitlements",
                            "billing",
                            "passes",
                            "access",
                            "pages")),
            // the front door
            entry("", Set.of("ops")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void everyRoomImportsOnlyWhatItMay() {
        Set<String> trespasses = CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(RoomsTest::isTrespass)
                .map(Dependency::getDescription)
                .collect(Collectors.toSet());

        assertThat(trespasses).isEmpty();
    }

    @Test
    void everyRoomIsOnTheMap() {
        Set<String> rooms = CLASSES.stream().map(RoomsTest::room).collect(Collectors.toSet());

        assertThat(rooms).isEqualTo(MAY_IMPORT.keySet());
    }

    @Test
    void noTwoRoomsImportEachOther() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobodyButBillingKnowsWhoBills() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/gatefold"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().matches(".*/(billing|sandbox)/.*")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContainIgnoringCase("stripe"));
        }
    }

    private static boolean isTrespass(Dependency dependency) {
        if (!dependency.getTargetClass().getPackageName().startsWith(ROOT)) {
            return false;
        }
        String from = room(dependency.getOriginClass());
        String to = room(dependency.getTargetClass());
        return !from.equals(to) && !MAY_IMPORT.getOrDefault(from, Set.of()).contains(to);
    }

    private static String room(JavaClass type) {
        String rest = type.getPackageName().substring(ROOT.length());
        return rest.isEmpty() ? "" : rest.substring(1).split("\\.")[0];
    }
}
