package dev.gatefold.bots;

import static java.util.Comparator.comparing;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * An IP address as an unsigned number of 128 bits. An IPv4 address has the value of its IPv4-mapped IPv6 address
 * ({@code ::ffff:0:0/96}), so that both forms are equal.
 */
record IpAddressBits(long high, long low) implements Comparable<IpAddressBits> {
    static final int BIT_COUNT = 128;

    static final int IPV4_MAPPED_PREFIX_LENGTH = 96;

    /** The address {@code ::ffff:0.0.0.0}. */
    static final IpAddressBits IPV4_MAPPED_START = new IpAddressBits(0, 0xffff_0000_0000L);

    private static final int HALF = 64;
    private static final Comparator<IpAddressBits> ORDER = comparing(IpAddressBits::high, Long::compareUnsigned)
            .thenComparing(IpAddressBits::low, Long::compareUnsigned);

    static IpAddressBits of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == Integer.BYTES
                ? new IpAddressBits(0, IPV4_MAPPED_START.low | Integer.toUnsignedLong(bytes.getInt()))
                : new IpAddressBits(bytes.getLong(), bytes.getLong());
    }

    /** Returns the lowest address that shares the first {@code length} bits, 0 to 128. */
    IpAddressBits firstInPrefix(int length) {
        return new IpAddressBits(high & highMask(length), low & lowMask(length));
    }

    /** Returns the highest address that shares the first {@code length} bits, 0 to 128. */
    IpAddressBits lastInPrefix(int length) {
        return new IpAddressBits(high | ~highMask(length), low | ~lowMask(length));
    }

    // Java shifts a long by at most 63 bits, so an empty mask is a case of its own.

    private static long highMask(int length) {
        return length == 0 ? 0 : length >= HALF ? -1 : -1L << (HALF - length);
    }

    private static long lowMask(int length) {
        return length <= HALF ? 0 : -1L << (BIT_COUNT - length);
    }

    @Override
    public int compareTo(IpAddressBits other) {
        return ORDER.compare(this, other);
    }
}
