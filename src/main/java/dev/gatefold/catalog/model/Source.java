package dev.gatefold.catalog.model;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.urls.SourceHost;
import java.time.ZoneId;
import java.util.List;

/**
 * A publication.
 *
 * @param slug permanent identifier in URLs and in the API
 * @param name name for readers
 * @param country ISO 3166-1 alpha-2 code, lower case; null if unknown
 * @param language BCP 47 language tag; null if unknown
 * @param zone time zone in which the periods of the meter begin
 * @param categories slugs of categories; may be empty
 * @param hosts the hosts and paths that belong to the source, sorted by name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Source(
        String slug,
        String name,
        String country,
        String language,
        ZoneId zone,
        List<String> categories,
        List<SourceHost> hosts) {
    /** Copies the lists and sorts the hosts, so that equal sources are equal records. */
    public Source {
        categories = List.copyOf(categories);
        hosts = hosts.stream().sorted(comparing(SourceHost::toString)).toList();
    }
}
