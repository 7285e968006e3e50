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

    /**
     * The header in which the gateway writes the country that a request comes from (ISO 3166-1 alpha-2), such as
     * {@code CF-IPCountry}. Off unless set: whoever sends a request writes its headers, so the gateway must set this one
     * in every request, or take it away.
     */
    Optional<String> countryHeader();
}
