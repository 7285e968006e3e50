package dev.gatefold.accounts.visitors;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** Tokens for readers without account. */
@ConfigMapping(prefix = "gatefold.visitors")
public interface VisitorsConfig {
    /**
     * How many visitors of one network can use the meter with a new token, per day (UTC). A network is an IPv4 /24 or an
     * IPv6 /48. Further visitors also receive a token but must sign up to read metered articles. This prevents readers
     * from resetting the meter by discarding their token. Many readers can share a network, such as a university, so
     * choose a large number. The address is that of the connection, unless
     * {@code quarkus.http.proxy.proxy-address-forwarding} is on.
     */
    @WithDefault("500")
    @Min(0)
    int dailyLimitPerNetwork();
}
