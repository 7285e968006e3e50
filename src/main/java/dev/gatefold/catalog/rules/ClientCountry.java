package dev.gatefold.catalog.rules;

import dev.gatefold.catalog.CatalogConfig;
import dev.gatefold.kernel.CountryCodes;
import dev.gatefold.kernel.Problem;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where readers are, as far as the gateway in front of us tells. */
@Singleton
public final class ClientCountry {
    private final Optional<String> header;

    ClientCountry(CatalogConfig config) {
        header = config.countryHeader();
    }

    /** The country that a request comes from, in two small letters, given its headers by name. */
    public Optional<String> country(UnaryOperator<String> headers) {
        return header.map(headers).flatMap(CountryCodes::find);
    }

    public boolean isConfigured() {
        return header.isPresent();
    }

    /** Refuses a territory that nobody would keep, since nobody tells us where readers are. */
    public void requireHeaderFor(Policy policy, String pointer) {
        if (policy.territories() != null && header.isEmpty()) {
            throw Problem.invalid(
                    pointer, "cannot be kept: GATEFOLD_COUNTRY_HEADER does not name the header that tells the country");
        }
    }
}
