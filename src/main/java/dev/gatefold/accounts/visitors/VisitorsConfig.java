package dev.gatefold.accounts.visitors;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** What is given to readers who have not signed up. */
@ConfigMapping(prefix = "gatefold.visitors")
public interface VisitorsConfig {
    /**
     * So many new visitors may come in a day (of UTC) from one part of the network: a /24 of IPv4, a /48 of IPv6. Whoever
     * comes after them gets a token too, on which no meter is spent, and is asked to sign up: throwing a token away does
     * not start the meter again and again. A university may share one part, so the number is large. The address is that of
     * the connection, unless {@code quarkus.http.proxy.proxy-address-forwarding} is on.
     */
    @WithDefault("500")
    @Min(0)
    int dailyLimitPerNetwork();
}
