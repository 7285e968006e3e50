package dev.gatefold.catalog;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** What an operator sets about the catalogue. */
@ConfigMapping(prefix = "gatefold")
public interface CatalogConfig {
    /**
     * A table of sources or of plans, or a folder with {@code sources.tsv}, {@code plans.tsv} or both, imported at every
     * start; without it the catalogue stays as it is, and an empty one is filled with the titles that we bring.
     */
    Optional<Path> catalog();
}
