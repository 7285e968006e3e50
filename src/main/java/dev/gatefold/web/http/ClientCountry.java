package dev.gatefold.web.http;

import dev.gatefold.kernel.CountryCodes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads the country of a client from the header that the gateway sets ({@link ClientCountryConfig#countryHeader}). */
@Singleton
public final class ClientCountry {
    private final Optional<String> header;

    public ClientCountry(ClientCountryConfig config) {
        header = config.countryHeader();
    }

    /**
     * Returns the country that a request comes from.
     *
     * @param headers maps the name of a request header to its value, or to null
     * @return an ISO 3166-1 alpha-2 code in lower case; empty if no header is configured or its value is not such a code
     */
    public Optional<String> country(UnaryOperator<String> headers) {
        return header.map(headers).flatMap(CountryCodes::find);
    }

    /** Returns true if a country header is configured. */
    public boolean isConfigured() {
        return header.isPresent();
    }
}
