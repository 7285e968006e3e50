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
 * The name servers of this machine, asked by the JDK's own client, which (unlike {@link InetAddress}) tells "there is no
 * such name" from "nobody answered", and gives up in time.
 */
@Singleton
final class JndiDnsResolver implements DnsResolver {
    private static final Map<String, String> PATIENCE = Map.of(
            // in milliseconds, for one try at one server
            "com.sun.jndi.dns.timeout.initial", "400", "com.sun.jndi.dns.timeout.retries", "1");

    /** Host and port; empty for those that this machine is set to. */
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
        return records("PTR", reversed(address.getAddress()));
    }

    /** After RFC 1035 (3.5) and RFC 3596 (2.5): from its last part to its first, since names begin with what is nearest. */
    private static String reversed(byte[] address) {
        StringBuilder name = new StringBuilder();
        boolean four = address.length == Integer.BYTES;
        for (int i = address.length - 1; i >= 0; i--) {
            int part = Byte.toUnsignedInt(address[i]);
            name.append(four ? "%d.".formatted(part) : "%x.%x.".formatted(part & 0xf, part >> 4));
        }
        return name.append(four ? "in-addr.arpa" : "ip6.arpa").toString();
    }

    @Override
    public List<InetAddress> lookUpAddresses(String name, IpFamily family) {
        String type = switch (family) {
            case IPV4 -> "A";
            case IPV6 -> "AAAA";
        };
        return records(type, name).stream().map(InetAddresses::forString).toList();
    }

    /** A name that comes here is of digits and labels only; a record of these types is text, out of which no object is made. */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private List<String> records(String type, String name) {
        try {
            // as the JDK itself does: no context of names is opened, which is switched off in here for good reason
            DirContext dns = (DirContext) NamingManager.getURLContext("dns", new Hashtable<>(PATIENCE));
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
            throw new UncheckedIOException(new IOException("No name server answers", e));
        }
    }
}
