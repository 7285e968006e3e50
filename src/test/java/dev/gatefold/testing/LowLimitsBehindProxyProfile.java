package dev.gatefold.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** A service whose gateway says where callers call from, and whose limits are small enough to be met. */
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

    public static RequestSpecification fromAddress(String address) {
        return TestCallers.visitor().header("X-Forwarded-For", address);
    }

    /** The beginning of addresses that no other test has called from: a /48 of its own. */
    public static String newIpv6Network() {
        byte[] random = new byte[4];
        ThreadLocalRandom.current().nextBytes(random);
        String hex = HexFormat.of().formatHex(random);
        return "2001:" + hex.substring(0, 4) + ":" + hex.substring(4);
    }
}
