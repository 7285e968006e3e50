package dev.gatefold.bots;

import static java.util.Comparator.comparing;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * An address as one number of 128 bits. An IPv4 address is the IPv6 address that stands for it ({@code ::ffff:0:0/96}), so
 * that whichever way it was written it is the same.
 */
record IpAddressBits(long high, long low) implements Comparable<IpAddressBits> {
    static final int BIT_COUNT = 128;

    /** How many bits stand before an IPv4 address. */
    static final int IPV4_MAPPED_PREFIX_LENGTH = 96;

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

    /** The least number that begins with the same bits, {@code length} of them. */
    IpAddressBits firstInPrefix(int length) {
        return new IpAddressBits(high & highMask(length), low & lowMask(length));
    }

    /** The greatest number that begins with the same bits, {@code length} of them. */
    IpAddressBits lastInPrefix(int length) {
        return new IpAddressBits(high | ~highMask(length), low | ~lowMask(length));
    }

    // a long is shifted by 63 at most, so that a mask of nothing has to be said

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
