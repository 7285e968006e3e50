package dev.gatefold.bots;

import static java.util.Comparator.comparing;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A set of addresses, asked in a fraction of a microsecond. */
final class IpPrefixSet {
    private static final Comparator<IpPrefix> WIDER_FIRST =
            comparing(IpPrefix::first).thenComparing(IpPrefix::last, Comparator.reverseOrder());

    /** The last address of each prefix by its first; none lies within another. */
    private final NavigableMap<IpAddressBits, IpAddressBits> spans = new TreeMap<>();

    IpPrefixSet(Collection<IpPrefix> prefixes) {
        prefixes.stream().sorted(WIDER_FIRST).forEach(this::add);
    }

    /** Two prefixes have nothing in common, or one is within the other. */
    private void add(IpPrefix prefix) {
        if (spans.isEmpty() || spans.lastEntry().getValue().compareTo(prefix.first()) < 0) {
            spans.put(prefix.first(), prefix.last());
        }
    }

    boolean contains(InetAddress address) {
        IpAddressBits bits = IpAddressBits.of(address);
        var nearest = spans.floorEntry(bits);
        return nearest != null && bits.compareTo(nearest.getValue()) <= 0;
    }

    int size() {
        return spans.size();
    }
}
