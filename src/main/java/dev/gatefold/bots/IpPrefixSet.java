package dev.gatefold.bots;

import static java.util.Comparator.comparing;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An immutable set of IP prefixes that finds an address in logarithmic time. */
final class IpPrefixSet {
    private static final Comparator<IpPrefix> WIDER_FIRST =
            comparing(IpPrefix::first).thenComparing(IpPrefix::last, Comparator.reverseOrder());

    /** The last address of each range by its first address. The ranges are disjoint. */
    private final NavigableMap<IpAddressBits, IpAddressBits> ranges = new TreeMap<>();

    IpPrefixSet(Collection<IpPrefix> prefixes) {
        prefixes.stream().sorted(WIDER_FIRST).forEach(this::addUnlessContained);
    }

    /** Two prefixes are either disjoint or nested, and the wider one comes first. */
    private void addUnlessContained(IpPrefix prefix) {
        if (ranges.isEmpty() || ranges.lastEntry().getValue().compareTo(prefix.first()) < 0) {
            ranges.put(prefix.first(), prefix.last());
        }
    }

    boolean contains(InetAddress address) {
        IpAddressBits bits = IpAddressBits.of(address);
        var nearest = ranges.floorEntry(bits);
        return nearest != null && bits.compareTo(nearest.getValue()) <= 0;
    }

    /** Returns the number of disjoint ranges. */
    int size() {
        return ranges.size();
    }
}
