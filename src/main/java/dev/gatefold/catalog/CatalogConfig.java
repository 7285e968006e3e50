package dev.gatefold.catalog;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The import of the catalog at startup. */
@ConfigMapping(prefix = "gatefold")
public interface CatalogConfig {
    /**
     * File with sources or plans, or folder with {@code sources.tsv}, {@code plans.tsv} or both, that is imported at every
     * start. Without it the stored catalog is used; an empty catalog is filled with the bundled sources and plans.
     */
    Optional<Path> catalog();
}
