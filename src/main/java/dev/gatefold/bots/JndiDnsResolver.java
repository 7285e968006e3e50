package dev.gatefold.bots;

import com.google.common.net.InetAddresses;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.spi.NamingManager;

/**
 * Queries the name servers of the operating system with the JDK's DNS client. Unlike {@link InetAddress}, this client
 * distinguishes a name that does not exist from a name server that does not answer, and has a timeout.
 */
@Singleton
final class JndiDnsResolver implements DnsResolver {
    private static final Map<String, String> TIMEOUT = Map.of(
            // in milliseconds, for each try at each server
            "com.sun.jndi.dns.timeout.initial", "400", "com.sun.jndi.dns.timeout.retries", "1");

    /** Host and port of the name server; empty for the name servers of the operating system. */
    private final String server;

    @Inject
    JndiDnsResolver() {
        this("");
    }

    JndiDnsResolver(String server) {
        this.server = server;
    }

    @Override
    public List<String> lookUpNames(InetAddress address) {
        return records("PTR", reverseName(address.getAddress()));
    }

    /** Returns the name for a reverse lookup (RFC 1035, 3.5, and RFC 3596, 2.5): the parts of the address, last one first. */
    private static String reverseName(byte[] address) {
        StringBuilder name = new StringBuilder();
        boolean isIpv4 = address.length == Integer.BYTES;
        for (int i = address.length - 1; i >= 0; i--) {
            int part = Byte.toUnsignedInt(address[i]);
            name.append(isIpv4 ? "%d.".formatted(part) : "%x.%x.".formatted(part & 0xf, part >> 4));
        }
        return name.append(isIpv4 ? "in-addr.arpa" : "ip6.arpa").toString();
    }

    @Override
    public List<InetAddress> lookUpAddresses(String name, IpFamily family) {
        String type = switch (family) {
            case IPV4 -> "A";
            case IPV6 -> "AAAA";
        };
        return records(type, name).stream().map(InetAddresses::forString).toList();
    }

    /**
     * Queries records of one type. JNDI is safe here: a name contains only letters, digits, hyphens, underscores and dots,
     * and records of these types are text, from which no object is created.
     */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private List<String> records(String type, String name) {
        try {
            // Quarkus disables InitialContext, so the DNS context is created directly, as the JDK does it.
            DirContext dns = (DirContext) NamingManager.getURLContext("dns", new Hashtable<>(TIMEOUT));
            Attribute found = dns.getAttributes("dns://" + server + "/" + name, new String[] {type})
                    .get(type);
            return found == null
                    ? List.of()
                    : Collections.list(found.getAll()).stream()
                            .map(Object::toString)
                            .toList();
        } catch (NameNotFoundException _) {
            return List.of();
        } catch (NamingException e) {
            throw new UncheckedIOException(new IOException("No answer from DNS for " + type + " " + name, e));
        }
    }
}
