package dev.gatefold.web.limits;

import static dev.gatefold.web.http.Caller.ADMIN;
import static dev.gatefold.web.http.Caller.SERVICE;
import static dev.gatefold.web.http.Caller.SUPPORT;

import com.google.common.net.InetAddresses;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Key of a rate budget: the subject of a verified token, else the network address.
 *
 * @param issuer issuer of the token; empty for an address
 * @param name subject of the token, or address
 */
record RateLimitKey(CallerKind kind, String issuer, String name) {
    enum CallerKind {
        READER,
        VISITOR,
        SERVICE,
        STAFF
    }

    /** A /64 of IPv6 belongs to one household or machine, which may use any address in it. */
    private static final int NETWORK_BYTES = 8;

    static RateLimitKey of(SecurityIdentity identity, SocketAddress address) {
        return identity.getPrincipal() instanceof JsonWebToken token
                ? new RateLimitKey(kind(identity), token.getIssuer(), token.getSubject())
                : ofAddress(address);
    }

    private static CallerKind kind(SecurityIdentity identity) {
        if (identity.hasRole(SERVICE)) {
            return CallerKind.SERVICE;
        }
        return identity.hasRole(SUPPORT) || identity.hasRole(ADMIN) ? CallerKind.STAFF : CallerKind.READER;
    }

    static RateLimitKey ofAddress(SocketAddress address) {
        String host = address == null || address.host() == null ? "" : address.host();
        return new RateLimitKey(CallerKind.VISITOR, "", host.indexOf(':') < 0 ? host : network(host));
    }

    private static String network(String host) {
        if (!InetAddresses.isInetAddress(host)) {
            return host;
        }
        byte[] address = InetAddresses.forString(host).getAddress();
        int significant = Math.min(NETWORK_BYTES, address.length);
        return HexFormat.of().formatHex(Arrays.copyOf(address, significant));
    }
}
