package dev.gatefold.bots;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * An IP prefix (CIDR), as a range of addresses.
 *
 * @param first lowest address
 * @param last highest address, inclusive
 * @param isTooWide true if the prefix is shorter than /8 (IPv4) or /16 (IPv6): no crawler has that many addresses, so the
 *     list must be wrong
 */
record IpPrefix(IpAddressBits first, IpAddressBits last, boolean isTooWide) {
    private static final int MIN_LENGTH_IPV4 = 8;
    private static final int MIN_LENGTH_IPV6 = 16;

    /**
     * Parses {@code 66.249.64.0/27} or {@code 2001:4860:4801:10::/64}. An address without a length is a prefix of that
     * address only.
     *
     * @throws IllegalArgumentException if the address or the length is invalid
     */
    static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddresses.forString(slash < 0 ? text : text.substring(0, slash));
        boolean isIpv4 = address instanceof Inet4Address;
        int offset = isIpv4 ? IpAddressBits.IPV4_MAPPED_PREFIX_LENGTH : 0;
        int maxLength = IpAddressBits.BIT_COUNT - offset;
        int length = slash < 0 ? maxLength : Integer.parseInt(text.substring(slash + 1));
        checkArgument(length >= 0 && length <= maxLength, "\"%s\" has an invalid prefix length", text);
        IpAddressBits bits = IpAddressBits.of(address);
        IpAddressBits first = bits.firstInPrefix(offset + length);
        IpAddressBits last = bits.lastInPrefix(offset + length);
        boolean isTooWide = isIpv4 ? length < MIN_LENGTH_IPV4 : length < MIN_LENGTH_IPV6 || containsIpv4(first, last);
        return new IpPrefix(first, last, isTooWide);
    }

    /** Returns true if a range of IPv6 addresses contains the IPv4-mapped ones: it would match every IPv4 address. */
    private static boolean containsIpv4(IpAddressBits first, IpAddressBits last) {
        return first.compareTo(IpAddressBits.IPV4_MAPPED_START) <= 0
                && IpAddressBits.IPV4_MAPPED_START.compareTo(last) <= 0;
    }
}
