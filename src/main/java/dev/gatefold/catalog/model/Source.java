package dev.gatefold.catalog.model;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatefold.catalog.urls.SourceHost;
import java.time.ZoneId;
import java.util.List;

/**
 * A publication with articles.
 *
 * @param slug its name in addresses and in our API, for ever
 * @param country ISO 3166-1 alpha-2, lower case, or null
 * @param language a BCP 47 tag, or null
 * @param hosts in the order of their names, however they were given
 * @param zone where its days, weeks and months begin
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
    public Source {
        categories = List.copyOf(categories);
        hosts = hosts.stream().sorted(comparing(SourceHost::toString)).toList();
    }
}
