package dev.gatefold.catalog.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One item of a source, whose text we never hold.
 *
 * @param source empty where the address is nobody's
 * @param name the canonical address, or the source's own reference: what our answers say
 * @param key the same for every address of the article: what a meter remembers
 * @param section where in the source it stands: as the caller says, or else the folder of its address
 * @param publishedAt empty where the caller does not say
 */
public record Article(Optional<Source> source, String name, String key, String section, Optional<Instant> publishedAt) {
    /** The same article, with what the caller tells of it; null, or a blank section, where nothing is told. */
    public Article withMetadata(String section, Instant publishedAt) {
        boolean placed = section != null && !section.isBlank();
        return !placed && publishedAt == null
                ? this
                : new Article(
                        source,
                        name,
                        key,
                        placed ? SectionPath.normalize(section) : this.section,
                        Optional.ofNullable(publishedAt));
    }
}
