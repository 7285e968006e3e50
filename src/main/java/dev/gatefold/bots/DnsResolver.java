package dev.gatefold.bots;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Queries DNS. The methods block, and throw {@link java.io.UncheckedIOException} if no name server answers. An interface
 * so that tests do not depend on the network.
 */
interface DnsResolver {
    /** The kind of address record to query. */
    enum IpFamily {
        IPV4,
        IPV6;

        static IpFamily of(InetAddress address) {
            return address instanceof Inet4Address ? IPV4 : IPV6;
        }
    }

    /** Returns the host names of an address (PTR records), or an empty list. The owner of the address chooses them. */
    List<String> lookUpNames(InetAddress address);

    /** Returns the addresses of a host name (A or AAAA records), or an empty list. The owner of the domain chooses them. */
    List<InetAddress> lookUpAddresses(String name, IpFamily family);
}
