package dev.gatefold.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** A service behind a gateway that sends {@code X-Forwarded-For}, with rate limits that a test can exhaust. */
public final class LowLimitsBehindProxyProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "gatefold.limits.reader", "3",
                "gatefold.limits.visitor", "4",
                "gatefold.limits.staff", "5",
                "gatefold.limits.service", "6",
                "gatefold.visitors.daily-limit-per-network", "2",
                "quarkus.http.proxy.proxy-address-forwarding", "true");
    }

    /** Starts a visitor's request that the gateway forwards for an IP address. */
    public static RequestSpecification fromAddress(String address) {
        return TestCallers.visitor().header("X-Forwarded-For", address);
    }

    /** Returns the prefix of a random /48 network, so that tests do not share a network's limits. */
    public static String newIpv6Network() {
        byte[] random = new byte[4];
        ThreadLocalRandom.current().nextBytes(random);
        String hex = HexFormat.of().formatHex(random);
        return "2001:" + hex.substring(0, 4) + ":" + hex.substring(4);
    }
}
