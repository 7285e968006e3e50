package dev.gatefold.catalog.model;

import java.time.Instant;
import java.util.Optional;

/**
 * An item of a source. Its text is never stored.
 *
 * @param source empty if the URL belongs to no source of the catalog
 * @param name the canonical URL, or the reference that the source uses; shown in responses
 * @param key the same for all URLs of the article; stored in meters and entitlements
 * @param section path of the section: as given by the caller, otherwise the folder of the URL
 * @param publishedAt empty if the caller does not give it
 */
public record Article(Optional<Source> source, String name, String key, String section, Optional<Instant> publishedAt) {
    /**
     * Returns the article with the metadata that the caller gives.
     *
     * @param section null or blank to keep the section
     * @param publishedAt null if unknown
     */
    public Article withMetadata(String section, Instant publishedAt) {
        boolean hasSection = section != null && !section.isBlank();
        return !hasSection && publishedAt == null
                ? this
                : new Article(
                        source,
                        name,
                        key,
                        hasSection ? SectionPath.normalize(section) : this.section,
                        Optional.ofNullable(publishedAt));
    }
}
