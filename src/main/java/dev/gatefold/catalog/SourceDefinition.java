package dev.gatefold.catalog;

import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.rules.Policy;

/**
 * A row of the table of sources.
 *
 * @param policy the policy for the whole source; other rules can override it
 */
public record SourceDefinition(Source source, Policy policy) {
    /** Returns the slug of the source. */
    public String slug() {
        return source.slug();
    }
}
