package dev.gatefold.web.http;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The source of the country of a request. */
@ConfigMapping(prefix = "gatefold")
public interface ClientCountryConfig {
    /**
     * Name of the request header in which the gateway passes the country of the client as an ISO 3166-1 alpha-2 code, such
     * as {@code CF-IPCountry}. Without it the country is unknown and sources cannot be limited to territories. Clients can
     * send any header, so the gateway must set or remove this header in every request.
     */
    Optional<String> countryHeader();
}
