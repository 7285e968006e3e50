package dev.gatefold.bots;

import static java.util.Comparator.comparing;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A set of addresses, asked in a fraction of a microsecond. */
final class Prefixes {
    private static final Comparator<Prefix> WIDER_FIRST =
            comparing(Prefix::first).thenComparing(Prefix::last, Comparator.reverseOrder());

    /** The last address of each prefix by its first; none lies within another. */
    private final NavigableMap<Bits, Bits> spans = new TreeMap<>();

    Prefixes(Collection<Prefix> prefixes) {
        prefixes.stream().sorted(WIDER_FIRST).forEach(this::add);
    }

    /** Two prefixes have nothing in common, or one is within the other. */
    private void add(Prefix prefix) {
        if (spans.isEmpty() || spans.lastEntry().getValue().compareTo(prefix.first()) < 0) {
            spans.put(prefix.first(), prefix.last());
        }
    }

    boolean hold(InetAddress address) {
        Bits bits = Bits.of(address);
        var nearest = spans.floorEntry(bits);
        return nearest != null && bits.compareTo(nearest.getValue()) <= 0;
    }

    int size() {
        return spans.size();
    }
}
