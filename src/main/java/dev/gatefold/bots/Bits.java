package dev.gatefold.bots;

import static java.util.Comparator.comparing;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * An address as one number of 128 bits. An IPv4 address is the IPv6 address that stands for it ({@code ::ffff:0:0/96}), so
 * that whichever way it was written it is the same.
 */
record Bits(long high, long low) implements Comparable<Bits> {
    static final int COUNT = 128;

    /** How many bits stand before an IPv4 address. */
    static final int BEFORE_IPV4 = 96;

    static final Bits FIRST_IPV4 = new Bits(0, 0xffff_0000_0000L);

    private static final int HALF = 64;
    private static final Comparator<Bits> ORDER =
            comparing(Bits::high, Long::compareUnsigned).thenComparing(Bits::low, Long::compareUnsigned);

    static Bits of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == Integer.BYTES
                ? new Bits(0, FIRST_IPV4.low | Integer.toUnsignedLong(bytes.getInt()))
                : new Bits(bytes.getLong(), bytes.getLong());
    }

    /** The least number that begins with the same bits, {@code length} of them. */
    Bits first(int length) {
        return new Bits(high & highMask(length), low & lowMask(length));
    }

    /** The greatest number that begins with the same bits, {@code length} of them. */
    Bits last(int length) {
        return new Bits(high | ~highMask(length), low | ~lowMask(length));
    }

    // a long is shifted by 63 at most, so that a mask of nothing has to be said

    private static long highMask(int length) {
        return length == 0 ? 0 : length >= HALF ? -1 : -1L << (HALF - length);
    }

    private static long lowMask(int length) {
        return length <= HALF ? 0 : -1L << (COUNT - length);
    }

    @Override
    public int compareTo(Bits other) {
        return ORDER.compare(this, other);
    }
}
