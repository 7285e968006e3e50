package dev.gatefold.web.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;

/**
 * Rate limits in requests per minute, for each caller and replica. A caller may send all requests of a minute at once. The
 * defaults protect against faulty programs and are far above the use of a paying reader. A batch of articles is one request.
 */
@ConfigMapping(prefix = "gatefold.limits")
interface RateLimitConfig {
    /** Limit for each reader, over all their tokens. */
    @WithDefault("1200")
    @Positive
    int reader();

    /**
     * Limit for each network address without a valid token; for each /64 of IPv6. The address is that of the connection.
     * Behind a gateway all readers share the address of the gateway, unless
     * {@code quarkus.http.proxy.proxy-address-forwarding} is on; then the address is that in X-Forwarded-For, which the
     * gateway must overwrite and not append to.
     */
    @WithDefault("3000")
    @Positive
    int visitor();

    /** Limit for each back end with the role {@code service}. */
    @WithDefault("60000")
    @Positive
    int service();

    /** Limit for each member of staff, with the role {@code support} or {@code admin}. */
    @WithDefault("1200")
    @Positive
    int staff();
}
