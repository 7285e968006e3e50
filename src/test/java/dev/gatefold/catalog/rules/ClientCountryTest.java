package dev.gatefold.catalog.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.catalog.CatalogConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientCountryTest {
    private static final Policy IN_GERMANY =
            new Policy(Gate.OPEN, null, null, null, null, new Territories(Set.of("de"), null), null, null, null, null);

    private static ClientCountry withHeader(String header) {
        return new ClientCountry(new CatalogConfig() {
            @Override
            public Optional<Path> catalog() {
                return Optional.empty();
            }

            @Override
            public Optional<String> countryHeader() {
                return Optional.ofNullable(header);
            }
        });
    }

    @Test
    void countryHeaderIsIgnoredUnlessConfigured() {
        Map<String, String> headers = Map.of("CF-IPCountry", "AT", "X-Other", "DE");

        assertThat(withHeader(null).country(headers::get)).isEmpty();
        assertThat(withHeader("CF-IPCountry").country(headers::get)).contains("at");
        assertThat(withHeader("X-Missing").country(headers::get)).isEmpty();
    }

    @Test
    void territoryRuleIsRejectedWithoutCountryHeader() {
        assertThatThrownBy(() -> withHeader(null).requireHeaderFor(IN_GERMANY, "/policy/territories"))
                .hasMessageContaining("GATEFOLD_COUNTRY_HEADER");
        withHeader("CF-IPCountry").requireHeaderFor(IN_GERMANY, "/policy/territories");
    }
}
