package dev.gatefold.catalog.tables;

import dev.gatefold.catalog.CatalogRepository;
import dev.gatefold.catalog.CurrentCatalog;
import dev.gatefold.catalog.SourceDefinition;
import dev.gatefold.catalog.model.Plan;
import dev.gatefold.catalog.rules.TerritoryRequirement;
import dev.gatefold.kernel.Problem;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Replaces all sources or all plans by the rows of a TSV file. A file with errors changes nothing. */
@Singleton
public class CatalogImport {
    private final CatalogRepository repository;
    private final CurrentCatalog current;
    private final TerritoryRequirement territoryRequirement;
    private final Clock clock;

    CatalogImport(
            CatalogRepository repository,
            CurrentCatalog current,
            TerritoryRequirement territoryRequirement,
            Clock clock) {
        this.repository = repository;
        this.current = current;
        this.territoryRequirement = territoryRequirement;
        this.clock = clock;
    }

    /**
     * Imports sources. Sources that the file does not contain are retired.
     *
     * @param file a TSV file in UTF-8
     * @param dryRun true to validate and compare only
     * @throws Problem {@code invalid-input} with the errors of all lines
     */
    public ImportReport importSources(byte[] file, boolean dryRun) {
        List<SourceDefinition> imported = SourceTsvReader.read(file);
        imported.forEach(it -> territoryRequirement.check(it.policy(), "territories of " + it.slug()));
        ImportReport report = ImportReport.compare(current.get().sourceDefinitions(), imported, SourceDefinition::slug);
        Instant now = clock.instant();
        return replace(report, dryRun, imported, it -> repository.replaceSources(it, now));
    }

    /**
     * Imports plans and their prices. Plans that the file does not contain are no longer sold.
     *
     * @param file a TSV file in UTF-8
     * @param dryRun true to validate and compare only
     * @throws Problem {@code invalid-input} with the errors of all lines
     */
    public ImportReport importPlans(byte[] file, boolean dryRun) {
        List<Plan> imported =
                PlanTsvReader.read(file, slug -> current.get().source(slug).isPresent());
        ImportReport report = ImportReport.compare(current.get().planDefinitions(), imported, Plan::slug);
        return replace(report, dryRun, imported, repository::replacePlans);
    }

    private <T> ImportReport replace(ImportReport report, boolean dryRun, List<T> rows, Consumer<List<T>> replacement) {
        if (report.hasChanges() && !dryRun) {
            replacement.accept(rows);
            current.load();
        }
        return report;
    }
}
