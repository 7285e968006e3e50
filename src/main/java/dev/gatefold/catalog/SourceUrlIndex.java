package dev.gatefold.catalog;

import dev.gatefold.catalog.model.Source;
import dev.gatefold.catalog.urls.NormalizedUrl;
import dev.gatefold.catalog.urls.SourceHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From an address to the source that it belongs to: the longest registered suffix of the host, cut only between labels,
 * that holds the path; on one host, the longest prefix.
 */
final class SourceUrlIndex {
    private record HostEntry(SourceHost host, Source source) {}

    private final Map<String, List<HostEntry>> claims = new HashMap<>();

    SourceUrlIndex(Collection<Source> sources) {
        for (Source source : sources) {
            for (SourceHost host : source.hosts()) {
                claims.computeIfAbsent(host.domain(), _ -> new ArrayList<>(1)).add(new HostEntry(host, source));
            }
        }
        Comparator<HostEntry> longestFirst =
                Comparator.comparingInt(claim -> -claim.host.pathPrefix().length());
        claims.values().forEach(list -> list.sort(longestFirst));
    }

    Optional<Source> findSource(NormalizedUrl address) {
        if (address.isIpAddress() || !address.isDefaultPort()) {
            return Optional.empty();
        }
        String suffix = address.host();
        while (true) {
            for (HostEntry claim : claims.getOrDefault(suffix, List.of())) {
                if (claim.host.containsPath(address.path())) {
                    return Optional.of(claim.source);
                }
            }
            int dot = suffix.indexOf('.');
            if (dot < 0) {
                return Optional.empty();
            }
            suffix = suffix.substring(dot + 1);
        }
    }
}
