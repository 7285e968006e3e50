package dev.gatefold.bots;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;

/** The addresses that begin alike, from {@code first} to {@code last}, both included. */
record IpPrefix(IpAddressBits first, IpAddressBits last, boolean isTooWide) {
    /** Nobody has as many addresses as a prefix shorter than these; who says so means everybody. */
    private static final int SHORTEST_IPV4 = 8;

    private static final int SHORTEST_IPV6 = 16;

    /**
     * Reads {@code 66.249.64.0/27} or {@code 2001:4860:4801:10::/64}; an address without a length is itself only.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddresses.forString(slash < 0 ? text : text.substring(0, slash));
        int before = address instanceof Inet4Address ? IpAddressBits.IPV4_MAPPED_PREFIX_LENGTH : 0;
        int longest = IpAddressBits.BIT_COUNT - before;
        int length = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
        checkArgument(length >= 0 && length <= longest, "\"%s\" has no usable length", text);
        IpAddressBits bits = IpAddressBits.of(address);
        IpPrefix prefix = new IpPrefix(bits.firstInPrefix(before + length), bits.lastInPrefix(before + length), false);
        boolean wide = before > 0
                ? length < SHORTEST_IPV4
                : length < SHORTEST_IPV6 || prefix.holds(IpAddressBits.IPV4_MAPPED_START);
        return new IpPrefix(prefix.first, prefix.last, wide);
    }

    private boolean holds(IpAddressBits address) {
        return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }
}
