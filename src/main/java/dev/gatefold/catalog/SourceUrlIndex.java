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
 * Index from URLs to sources. The longest registered domain that the host is equal to or below wins; within one domain,
 * the longest path prefix.
 */
final class SourceUrlIndex {
    private record HostEntry(SourceHost host, Source source) {}

    /** The entries of each domain, the longest path prefix first. */
    private final Map<String, List<HostEntry>> entriesByDomain = new HashMap<>();

    SourceUrlIndex(Collection<Source> sources) {
        for (Source source : sources) {
            for (SourceHost host : source.hosts()) {
                entriesByDomain
                        .computeIfAbsent(host.domain(), _ -> new ArrayList<>(1))
                        .add(new HostEntry(host, source));
            }
        }
        Comparator<HostEntry> longestPrefixFirst =
                Comparator.comparingInt(entry -> -entry.host.pathPrefix().length());
        entriesByDomain.values().forEach(list -> list.sort(longestPrefixFirst));
    }

    /** Returns the source of the URL; empty if there is none, for IP addresses and for other than default ports. */
    Optional<Source> findSource(NormalizedUrl url) {
        if (url.isIpAddress() || !url.isDefaultPort()) {
            return Optional.empty();
        }
        String domain = url.host();
        String path = url.articlePath();
        String pathOfEdition = url.routedPath(); // an operator can list the AMP pages of a source by their prefix
        while (true) {
            for (HostEntry entry : entriesByDomain.getOrDefault(domain, List.of())) {
                if (entry.host.containsPath(path) || entry.host.containsPath(pathOfEdition)) {
                    return Optional.of(entry.source);
                }
            }
            int dot = domain.indexOf('.');
            if (dot < 0) {
                return Optional.empty();
            }
            domain = domain.substring(dot + 1);
        }
    }
}
