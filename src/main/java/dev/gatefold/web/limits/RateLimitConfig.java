package dev.gatefold.web.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;

/**
 * How many requests a minute each caller may send to one replica. A caller who has been quiet may send them all at once.
 * Generous, since they are against programs that have gone wild: a reader who pays is not to meet them. A question about
 * many articles is one request.
 */
@ConfigMapping(prefix = "gatefold.limits")
interface RateLimitConfig {
    /** For each reader, however many tokens they hold. */
    @WithDefault("1200")
    @Positive
    int reader();

    /**
     * For each network address (of IPv6, each /64) from which somebody calls without a token, or with one that is not
     * valid; an office shares one. The address is that of the connection. Behind a gateway that is the gateway's, which
     * all readers share, unless {@code quarkus.http.proxy.proxy-address-forwarding} is on; then it is what the gateway says
     * in X-Forwarded-For, which it must write anew, and not add to what it was sent.
     */
    @WithDefault("3000")
    @Positive
    int visitor();

    /** For each back end that asks for its readers. */
    @WithDefault("60000")
    @Positive
    int service();

    /** For each member of the support desk and each administrator. */
    @WithDefault("1200")
    @Positive
    int staff();
}
