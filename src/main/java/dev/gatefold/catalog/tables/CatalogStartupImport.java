package dev.gatefold.catalog.tables;

import dev.gatefold.catalog.CatalogConfig;
import dev.gatefold.catalog.CurrentCatalog;
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
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Loads the catalog at startup and imports the configured files, or the bundled ones if the catalog is empty. */
@Singleton
final class CatalogStartupImport {
    /** Before all observers that use the catalog or follow changes of it. */
    private static final int STARTUP_PRIORITY = 100;

    private static final String SOURCES_FILE = "sources.tsv";
    private static final String PLANS_FILE = "plans.tsv";

    private final CatalogConfig config;
    private final CatalogImport catalogImport;
    private final CurrentCatalog current;

    CatalogStartupImport(CatalogConfig config, CatalogImport catalogImport, CurrentCatalog current) {
        this.config = config;
        this.catalogImport = catalogImport;
        this.current = current;
    }

    void start(@Observes @Priority(STARTUP_PRIORITY) StartupEvent event) {
        current.load();
        config.catalog().ifPresent(this::importFrom);
        if (current.get().sources().isEmpty()) {
            var _ = catalogImport.importSources(bundled(SOURCES_FILE), false);
        }
        if (current.get().plans().isEmpty()) {
            var _ = catalogImport.importPlans(bundled(PLANS_FILE), false);
        }
    }

    private void importFrom(Path path) {
        try {
            filesAt(path).forEach(this::importFile);
        } catch (IOException e) {
            throw new UncheckedIOException("GATEFOLD_CATALOG: cannot read " + path, e);
        }
    }

    /** Returns the files in import order: sources first, because plans refer to them. */
    private static List<Path> filesAt(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> files = Stream.of(SOURCES_FILE, PLANS_FILE)
                .map(path::resolve)
                .filter(Files::exists)
                .toList();
        if (files.isEmpty()) {
            throw new IOException("The folder contains neither " + SOURCES_FILE + " nor " + PLANS_FILE);
        }
        return files;
    }

    private void importFile(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            ImportReport report = PlanTsvReader.isPlanTable(bytes)
                    ? catalogImport.importPlans(bytes, false)
                    : catalogImport.importSources(bytes, false);
            Log.infof("Imported %s: %s", file, report);
        } catch (Problem problem) {
            String errors = problem.errors().stream()
                    .map(error -> "\n  " + error.pointer() + ": " + error.detail())
                    .collect(Collectors.joining());
            throw new IllegalStateException(
                    "GATEFOLD_CATALOG: " + file + " was not imported because of errors:" + errors, problem);
        } catch (IOException e) {
            throw new UncheckedIOException("GATEFOLD_CATALOG: cannot read " + file, e);
        }
    }

    private static byte[] bundled(String name) {
        try (InputStream file = CatalogStartupImport.class.getResourceAsStream("/catalog/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
