package dev.gatefold.bots;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** The domain name system: the end of our world. Blocks; where no answer is had, an {@link java.io.UncheckedIOException}. */
interface DnsResolver {
    enum IpFamily {
        IPV4,
        IPV6;

        static IpFamily of(InetAddress address) {
            return address instanceof Inet4Address ? IPV4 : IPV6;
        }
    }

    /** What whoever holds an address calls it; empty where it has no name. */
    List<String> lookUpNames(InetAddress address);

    /** Where whoever holds a name says that it is; empty where that is nowhere. */
    List<InetAddress> lookUpAddresses(String name, IpFamily family);
}
