package dev.gatefold.catalog.tables;

import dev.gatefold.catalog.CatalogConfig;
import dev.gatefold.catalog.CatalogRepository;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.rules.ClientCountry;
import dev.gatefold.catalog.tables.SourceTsvReader.SourceDefinition;
import dev.gatefold.kernel.Problem;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Puts a table in the place of the one that was: all of it, or, if any line is bad, nothing. */
@Singleton
public class CatalogImport {
    static final int STARTUP_PRIORITY = 100;

    /** What an import did, or would do, in rows. */
    @Schema(name = "ImportReport")
    public record ImportReport(int added, int changed, int unchanged, int retired) {
        private boolean changes() {
            return added + changed + retired > 0;
        }

        private static <T> ImportReport between(List<T> before, List<T> after, Function<T, String> slug) {
            Map<String, T> old = before.stream().collect(Collectors.toMap(slug, Function.identity()));
            int unchanged = 0;
            int changed = 0;
            for (T item : after) {
                T was = old.remove(slug.apply(item));
                unchanged += item.equals(was) ? 1 : 0;
                changed += was != null && !item.equals(was) ? 1 : 0;
            }
            return new ImportReport(after.size() - unchanged - changed, changed, unchanged, old.size());
        }
    }

    private final CatalogConfig config;
    private final CatalogRepository tables;
    private final CurrentCatalog current;
    private final ClientCountry whereabouts;
    private final Clock clock;

    CatalogImport(
            CatalogConfig config,
            CatalogRepository tables,
            CurrentCatalog current,
            ClientCountry whereabouts,
            Clock clock) {
        this.config = config;
        this.tables = tables;
        this.current = current;
        this.whereabouts = whereabouts;
        this.clock = clock;
    }

    void start(@Observes @Priority(STARTUP_PRIORITY) StartupEvent event) {
        current.load();
        config.catalog().ifPresent(this::importFrom);
        if (current.get().sources().isEmpty()) {
            importSources(ours("sources.tsv"), false);
        }
        if (current.get().plans().isEmpty()) {
            importPlans(ours("plans.tsv"), false);
        }
    }

    public ImportReport importSources(byte[] file, boolean dryRun) {
        List<SourceDefinition> after = SourceTsvReader.read(file);
        after.forEach(it -> whereabouts.requireHeaderFor(it.policy(), "territories of " + it.slug()));
        ImportReport report = ImportReport.between(current.get().sourceDefinitions(), after, SourceDefinition::slug);
        Instant now = clock.instant();
        return replace(report, dryRun, after, it -> tables.replaceSources(it, now));
    }

    public ImportReport importPlans(byte[] file, boolean dryRun) {
        List<Plan> after =
                PlanTsvReader.read(file, slug -> current.get().source(slug).isPresent());
        ImportReport report = ImportReport.between(current.get().plans(), after, Plan::slug);
        return replace(report, dryRun, after, tables::replacePlans);
    }

    private <T> ImportReport replace(ImportReport report, boolean dryRun, List<T> rows, Consumer<List<T>> replacement) {
        if (report.changes() && !dryRun) {
            replacement.accept(rows);
            current.load();
        }
        return report;
    }

    private void importFrom(Path path) {
        try (Stream<Path> files = filesAt(path)) {
            files.forEach(this::importFile);
        } catch (IOException e) {
            throw new UncheckedIOException("GATEFOLD_CATALOG names " + path + ", which cannot be read", e);
        }
    }

    private static Stream<Path> filesAt(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        List<Path> tables = Stream.of("sources.tsv", "plans.tsv")
                .map(path::resolve)
                .filter(Files::exists)
                .toList();
        if (tables.isEmpty()) {
            throw new IOException("The folder holds neither sources.tsv nor plans.tsv");
        }
        return tables.stream();
    }

    private void importFile(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            boolean isPlans = TsvTable.columnNames(bytes).contains("trial_days");
            ImportReport report = isPlans ? importPlans(bytes, false) : importSources(bytes, false);
            Log.infof("Imported %s: %s", file, report);
        } catch (Problem problem) {
            String flaws = problem.errors().stream()
                    .map(flaw -> "\n  " + flaw.pointer() + ": " + flaw.detail())
                    .collect(Collectors.joining());
            throw new IllegalStateException("GATEFOLD_CATALOG: nothing of " + file + " was imported:" + flaws, problem);
        } catch (IOException e) {
            throw new UncheckedIOException("GATEFOLD_CATALOG names " + file + ", which cannot be read", e);
        }
    }

    private static byte[] ours(String name) {
        try (InputStream file = CatalogImport.class.getResourceAsStream("/catalog/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
