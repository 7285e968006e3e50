package dev.gatefold.catalog;

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
final class UrlIndex {
    private record Claim(Host host, Source source) {}

    private final Map<String, List<Claim>> claims = new HashMap<>();

    UrlIndex(Collection<Source> sources) {
        for (Source source : sources) {
            for (Host host : source.hosts()) {
                claims.computeIfAbsent(host.name(), _ -> new ArrayList<>(1)).add(new Claim(host, source));
            }
        }
        Comparator<Claim> longestFirst =
                Comparator.comparingInt(claim -> -claim.host.prefix().length());
        claims.values().forEach(list -> list.sort(longestFirst));
    }

    Optional<Source> find(WebAddress address) {
        if (address.isIp() || !address.isDefaultPort()) {
            return Optional.empty();
        }
        String suffix = address.host();
        while (true) {
            for (Claim claim : claims.getOrDefault(suffix, List.of())) {
                if (claim.host.holds(address.path())) {
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
